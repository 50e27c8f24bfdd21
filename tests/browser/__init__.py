"""The web page in a real browser, and the pure pieces it is made of."""
