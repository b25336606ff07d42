package main

import (
	"os"
	"testing"
)

// asProgram makes the test binary be the program, so that tests can start and
// kill the whole of it.
const asProgram = "PAOGAI_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
	}
	os.Exit(m.Run())
}
