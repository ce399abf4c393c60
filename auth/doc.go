// Package auth keeps the API token of each user in a session: a cookie that
// is encrypted and authenticated, which only this program can read. There is
// no store on the server; any copy of the program that has the same secrets
// opens the sessions of the others.
//
// What a cookie alone can't do is end early: a copy of it would go on working
// after signing out. So the ids of ended sessions are remembered until they
// would have expired anyway. That memory is bounded ([Config.MaxRevoked]) and
// belongs to one process: behind a load balancer a copied cookie still works
// at the other copies of the program, and after a restart at this one, until
// it expires.
//
// Whatever is wrong with a cookie is [ErrNoSession], and the cookie is
// cleared. One that a neighbouring host has planted for the whole domain can't
// be cleared from here; under https the prefix __Host- keeps such ones out.
//
// The package also counts refused tokens per address ([Throttle]), so that
// nobody can guess them quickly.
package auth
