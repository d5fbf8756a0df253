"""The tests, as a package of their own: some library installs one of this name beside ours."""
