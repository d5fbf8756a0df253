"""One decision put to other engines: each is given the rules and the record as ``translate`` words them."""
