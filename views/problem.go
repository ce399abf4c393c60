package views

// Problem is a failure as the user sees it: what happened, whether anything
// was changed, and what to do next.
type Problem struct {
	Key     string // what failed, in a word for scripts
	Title   string
	Text    string
	Changed string // whether anything was changed; empty where it is out of the question
	Next    string
	// Action is where the main button leads and what it says.
	ActionURL, ActionLabel string
	RequestID              string // to tell support, empty to leave it out
	Field                  string // name of the field that is wrong, empty if none is
	Refusal                string // why a file is refused, in a word for scripts; empty if none is
	Rename                 *Rename
}

// Rename is a form for a new name that had something wrong with it.
type Rename struct {
	ActionURL string
	Name      string // what was typed
	Focused   bool   // whether to begin with the field
}
