// Package plusofontest is the Plusofon media API in memory, in the manner of
// net/http/httptest: a program that tests and demos run against, since the
// real API needs a customer's account.
//
//	server := plusofontest.NewServer(plusofontest.WithAccount("token", plusofontest.File{Name: "Привет"}))
//	defer server.Close()
//
// It is stricter than any client should rely on: each request must carry all
// the headers of the documentation, JSON must be of exactly the documented
// form, base64 standard and padded, and the format one of the seven.
//
// What it does by guess, since the documentation is silent: ids grow by one
// through all accounts and the list is in their order; an unknown id is code
// 404; bad input is code 400 with a message of ours; files are sent as
// application/octet-stream, whole, whatever Range asks for ([WithRanges] has it
// honour them). Whether an error's code is the HTTP status too is not known:
// without [WithStatusErrors] every error comes with status 200.
//
// It differs from the real API in that nothing is checked of an audio file but
// its first bytes, and in that it can be told to fail, see [API.Fail].
package plusofontest
