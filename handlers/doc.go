// Package handlers answers HTTP: every page, fragment and sound of the
// dashboard. It is the only package that knows Echo.
//
// How a request flows:
//
//	routes.go       which middleware and which handler an address has
//	middleware.go   request id, recovering, headers, language, same origin
//	accesslog.go    one line for each request, with its error if it has one
//	session.go      who is this; or off to the sign-in page
//	media_list.go … a file for each action: check the input, call one thing,
//	                build a view model, render it
//	render.go       the whole page, or for htmx the fragment of it
//
// A handler returns what fails as an error and says nothing of it itself:
// errors.go has the one table of statuses, problem.go finds the words.
//
// Sounds go another way: media_file.go and media_preview.go open a file of the
// library, and package transfer sends it or the range of it that is asked for;
// the transfer is broken off when Plusofon does so, so that a short file never
// looks whole. Uploads come in by a form of transfer, which keeps the file in a
// spool without a name. What is done to files, once and looked up, is package
// library's.
package handlers
