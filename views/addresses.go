package views

// Addresses of the dashboard, as pages and handlers use them. What answers each of
// them stands in the routes of package handlers.
const (
	ListPath     = "/media"         // the list, and what is sent to add a file
	FoundPath    = "/media/found"   // what a search finds, for scripts
	ArchivePath  = "/media/archive" // many files as one
	DeletePath   = "/media/delete"  // many files at once
	StandardPath = "/standard"      // the vendor's recordings
	LoginPath    = "/login"
)

// FilePath is the page of a file, by its number.
func FilePath(id string) string { return ListPath + "/" + id }
