// Package transfer moves bodies over HTTP: forms that come in, with limits, a spool
// for the file and deadlines that move on with the body; files that go out, whole or
// in part, under names that every system takes; and compression. It knows net/http
// and nothing of recordings or of Plusofon.
package transfer
