// Package transport keeps the connection to Plusofon from doing harm when
// Plusofon fails: a stack of small http.RoundTrippers below the client.
//
//	allowed   lets only the headers out that the API needs
//	breaker   stops asking for a while when Plusofon keeps failing
//	retry     reads once more what failed by the connection
//	limits    time to connect, to answer, and between reads of a body
//
// Only one layer repeats anything, and it repeats reads only: two layers would
// multiply, and a write that is repeated may be done twice. The breaker stands
// above it, so that a read and its second try count as one.
package transport
