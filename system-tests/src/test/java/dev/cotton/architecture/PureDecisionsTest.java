package dev.cotton.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Model and decisions are values and functions: no IO, clock, logger, thread or randomness. */
final class PureDecisionsTest {

    private static final String[] PURE = {"dev.cotton.core.model..", "dev.cotton.core.control.."};

    /** Methods that look at the world outside of their arguments, as {@code class.method}. */
    private static final Set<String> IMPURE_METHODS = Set.of(
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.lang.System.getenv",
            "java.lang.System.getProperty",
            "java.lang.Math.random",
            "java.time.Instant.now",
            "java.time.LocalDate.now",
            "java.time.LocalDateTime.now",
            "java.time.OffsetDateTime.now",
            "java.time.ZonedDateTime.now",
            "java.util.UUID.randomUUID",
            "java.util.Collections.shuffle",
            "java.util.concurrent.ThreadLocalRandom.current");

    private static final Set<String> IMPURE_TYPES = Set.of(
            "java.lang.Process",
            "java.lang.ProcessBuilder",
            "java.lang.Runtime",
            "java.lang.Thread",
            "java.time.Clock",
            "java.time.InstantSource",
            "java.util.Random",
            "java.util.Scanner",
            "java.util.Timer");

    @Test
    void dependOnNoTypeOfTheOutsideWorld() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "belong to the outside world", PureDecisionsTest::isOfTheOutsideWorld))
                .check(CottonClasses.ALL);
    }

    @Test
    void callNothingThatLooksAtClockChanceOrEnvironment() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .callMethodWhere(DescribedPredicate.<JavaMethodCall>describe(
                        "clock, chance or environment",
                        call -> IMPURE_METHODS.contains(call.getTargetOwner().getName() + "." + call.getName())))
                .check(CottonClasses.ALL);
    }

    private static boolean isOfTheOutsideWorld(JavaClass type) {
        String name = type.getName();
        return IMPURE_TYPES.contains(name)
                || (name.startsWith("java.io.") && !name.equals("java.io.Serializable"))
                || name.startsWith("java.nio.file.")
                || name.startsWith("java.nio.channels.")
                || name.startsWith("java.net.")
                || name.startsWith("java.sql.")
                || name.startsWith("java.util.logging.")
                || name.startsWith("java.util.random.")
                || name.startsWith("java.util.concurrent.")
                || name.startsWith("java.security.")
                || name.startsWith("javax.")
                || isPort(type);
    }

    /** The records that a port speaks in are values like any other; the port itself is the way to the world. */
    private static boolean isPort(JavaClass type) {
        return type.isInterface() && type.getPackageName().startsWith("dev.cotton.core.port");
    }
}
