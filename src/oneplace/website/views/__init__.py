"""What each address answers with: reads from the rooms' queries, and a template."""
