package bot

// routes is the table of everything that people can do.
func routes(*Bot, Options) Routes { return Routes{} }
