// Package plusofon is a client of the Plusofon media API: the audio files that
// a Plusofon phone system plays to its callers.
//
// A [Client] belongs to one user, named by an API token. It is safe for
// concurrent use, and [Client.WithToken] gives a client for another user that
// shares its connections. Every call takes a context first, and the context is
// the only time limit: bring an [http.Client] with limits of its own through
// [WithHTTPClient] if you want more.
//
// # Errors
//
// A call that fails gives an [*Error] with the API's own message and code. What
// the failure means is asked with [errors.Is]: [ErrTokenRefused], [ErrNotFound],
// [ErrUnavailable] and so on. Several can hold at once. [ErrOutcomeUnknown] is
// the one to look at after a write: the change may or may not have been made,
// and repeating the call may make it twice. No error ever holds the token.
//
// # Peculiarities of the API
//
//   - Failures can come with HTTP 200, as an object with a message and a code,
//     or with a status of their own. Both are errors here.
//   - A bad token is told by the words "User not found" with the code 500, not
//     by a number: HTTP 500 with other words is a server that fails.
//   - An upload is answered without the id of the new file. To learn it, read the
//     list: ids grow.
//   - An upload is one JSON document with the file in Base64. The client encodes
//     it while it is sent, and holds a piece of fixed size in memory.
//   - A file that is missing can be answered with the JSON word null. It is
//     [ErrNoFile], never audio.
//   - Size, format, length and date of a file are not known to the API, and the
//     content of a file can't be replaced.
//   - Ids are numbers today. They are kept as text, so that none loses a digit;
//     a row whose id can't address a file stays in the list, and
//     [MediaID.Usable] tells.
//   - Whether Range is honoured is not documented: [File.First] tells what came.
//
// # Redirects
//
// A redirect is followed only for reads, within the same origin and three times
// at most. Any other is [ErrUnexpectedAnswer], and nothing is sent to its target.
//
// # Transports
//
// A transport that refuses to send a request, such as a circuit breaker, should
// return an error with the method NotSent() bool. When it answers true a write
// is known to have changed nothing: [ErrUnavailable] without [ErrOutcomeUnknown].
package plusofon
