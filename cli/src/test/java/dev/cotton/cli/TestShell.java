package dev.cotton.cli;

import dev.cotton.cli.terminal.Terminal;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** A shell whose streams are strings. Used by one test. */
public final class TestShell {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> environment = new HashMap<>();
    private Terminal.Features features = Terminal.Features.NONE;
    private String typed = "";

    public TestShell with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    public TestShell with(Terminal.Features present) {
        features = present;
        return this;
    }

    /** What the person at the terminal will type. */
    public TestShell typing(String text) {
        typed = text;
        return this;
    }

    public Shell shell() {
        Terminal terminal = new Terminal(
                new BufferedReader(new StringReader(typed)),
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                features);
        return new Shell(terminal, environment, InstantSource.system());
    }

    public String out() {
        return out.toString();
    }

    public String err() {
        return err.toString();
    }
}
