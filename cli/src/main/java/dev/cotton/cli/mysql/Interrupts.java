package dev.cotton.cli.mysql;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Ctrl-C while another program has the terminal: it reaches both, and is meant for the other one. */
final class Interrupts {
    private static final int SIGINT = 2;
    private static final MemorySegment IGNORE = MemorySegment.ofAddress(1);

    private Interrupts() {}

    /** From now on this process ignores SIGINT. A program that it starts may handle it all the same. */
    @SuppressWarnings("restricted")
    static void ignore() {
        Linker linker = Linker.nativeLinker();
        MethodHandle signal = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("signal"),
                FunctionDescriptor.of(ValueLayout.ADDRESS, ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
        try {
            MemorySegment before = (MemorySegment) signal.invokeExact(SIGINT, IGNORE);
            if (before.address() == -1) {
                throw new IllegalStateException("The kernel did not let SIGINT be ignored.");
            }
        } catch (Error | RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
