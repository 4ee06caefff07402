namespace ohmloop {}
