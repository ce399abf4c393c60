// Package plusofontest is the Plusofon media API in memory, in the manner of
// net/http/httptest: a program that tests and demos run against, since the
// real API needs a customer's account.
//
//	server := plusofontest.NewServer(plusofontest.WithAccount("token", plusofontest.File{Name: "Привет"}))
//	defer server.Close()
//	client, err := plusofon.New("token", plusofon.WithBaseURL(server.URL))
//
// # What is documented, and so here
//
// The seven calls, the headers that each of them needs, the fields of requests
// and answers, the error object and its messages "User not found." (code 500)
// and "The media id must be int." (400), the four presets, and the seven words
// for a format. Lists are paged, and JSON is written, as Laravel and PHP do.
//
// # What is a guess
//
//   - Whether an error's code is the HTTP status too. Without
//     [WithStatusErrors] every error comes with status 200.
//   - A wrong or missing Client, Accept or Content-Type is code 400 and comes
//     before the token; a token without "Bearer" is an unknown one.
//   - An unknown id, which is any of another account, is code 404; bad input is
//     400; a body above [WithMaxBody] is 413. Their messages are ours.
//   - Ids grow by one through all accounts, and the list is in their order.
//   - A file has the type application/octet-stream and is sent whole, whatever
//     Range asks for; [WithFileContentType] and [WithRanges] change that.
//   - A page that is no number, or below 1, is the first. A page past the end is
//     empty.
//
// # Where it differs from the real API
//
//   - It is stricter, so that it finds more in a client: header values must be
//     exactly those of the documentation, a body must be one JSON object of
//     strings with no other field, base64 must be standard, padded and on one
//     line, and the first bytes must be of the format that is named (GSM and raw
//     can be anything).
//   - Nothing more is checked of a sound, a name may be of any length, and
//     nothing is kept when the program ends.
//   - Presets are short tones.
//
// # Faults
//
// [API.Fail] scripts what the next matching requests meet; [API.Intercept] and
// [API.FailBy] decide for each request. [Server.Refuse] has connections
// refused, and [NewTLSServer] has a certificate that nobody else trusts.
// Requests are recorded, faulty or not: [API.Requests], [API.Count] and
// [API.Await].
package plusofontest
