package dev.cotton.cli.bench;

/** Something that is to be so on two cores. */
record Target(String what, double limit, double measured) {
    boolean met() {
        return measured <= limit;
    }
}
