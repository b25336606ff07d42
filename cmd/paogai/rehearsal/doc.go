// Package rehearsal (演练) runs the whole program on one machine: the bot
// against a local chat server, a clock that moves only when asked, and a
// seeded sample in which the units that nobody plays act by a script. An
// office can go through its year before anyone's phone rings.
//
// Everything here is sample data and says so (演练数据).
package rehearsal
