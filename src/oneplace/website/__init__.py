"""The public pages: rendered here, working without JavaScript, every fact with its source."""
