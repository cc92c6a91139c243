"""The `sightline` command: one file per subcommand, heavy imports only once one runs."""
