"""Small PDFs in the layouts of real inspection reports, in our own words, of councils that do not exist."""
