/** In front of every test file that judges a mutant: a property that fails says so at once, and one that holds stops after a while. */
import fc from "fast-check";

fc.configureGlobal({ endOnFailure: true, interruptAfterTimeLimit: 2000 });
