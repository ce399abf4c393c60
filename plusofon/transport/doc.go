// Package transport keeps the connection to Plusofon from doing harm when
// Plusofon fails: a stack of small http.RoundTrippers below the client. From
// the client to the network they are
//
//	allowed      lets only the headers out that the API needs
//	breaker      stops asking for a while when Plusofon keeps failing
//	retry        reads once more what failed by the connection
//	limits       time to answer, and between reads of a body
//	connections  time to connect; net/http's own transport
//
// Only one layer repeats anything, and it repeats reads only: two layers would
// multiply, and a write that is repeated may be done twice. The breaker stands
// above it, so that a read and its second try count as one; the limits stand
// below it, so that each try has its own.
//
// A short answer, which is JSON to a GET, is read by retry before it is handed
// on, so that a reset in its middle can be repeated unseen. A file is handed on
// as it comes, whatever it is called, and what breaks off stays broken off.
//
// Whether Plusofon fails is told by who speaks: what the API itself says, in
// JSON, is an answer, with whatever status; a page of HTML with a status of 500
// and above is a failure.
//
// Below all this net/http has a repetition of its own that it cannot be talked
// out of: a GET that meets a reset on a used connection of HTTP/1 is sent again
// on the next, until one is new.
package transport
