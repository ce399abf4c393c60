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
// A short answer to a GET is read by retry before it is handed on, so that a
// reset in its middle can be repeated unseen. Everything is short but a file,
// which is handed on as it comes, and what breaks off of it stays broken off.
//
// Whether Plusofon fails is told by the status, 500 and above, and by who
// speaks: that the API does not know a token, or that something is wrong with a
// request, is an answer, with whatever status it comes.
//
// net/http has a repetition of its own: a GET without a body that meets a reset
// on a used connection of HTTP/1 is sent again on the next, until one is new.
// limits keeps it from that with a body of nothing.
package transport
