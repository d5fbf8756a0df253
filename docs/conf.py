"""How the site is built from the pages in this folder: ``make docs``. It asks nothing of another machine."""

import sys
from importlib.metadata import version as version_of
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # for `made`, which writes pages from the library itself

project = "authority"
author = "the authors of authority"
version = release = version_of("authority")
language = "en"
html_title = f"authority {version}"
html_last_updated_fmt = None  # nothing reads the clock: the same pages give the same site
html_show_copyright = False
html_copy_source = False
html_show_sourcelink = False

extensions = ["myst_nb", "sphinx.ext.autodoc", "made"]
exclude_patterns = ["made/**"]
nb_execution_mode = "off"  # a notebook is shown as it is stored, which a test holds against what it gives
myst_heading_anchors = 3  # so that a link to a heading works here as it does on a code host
myst_links_external_new_tab = False

html_theme = "furo"
html_static_path = ["style"]
html_css_files = ["site.css"]

autodoc_member_order = "bysource"
autodoc_preserve_defaults = True  # as they are written: a function has no other text
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 80
add_module_names = False
nitpicky = False  # a signature names models that have no page of their own
