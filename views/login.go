package views

// Login is the sign-in form.
type Login struct {
	Token string // what stands in the field: the demo's token, else nothing
	Next  string // the path to go to afterwards
	Error string // why the last try failed, empty for none
	Demo  bool   // whether the token is the demo's
}
