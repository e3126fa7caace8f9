package dev.cotton.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** The product's own classes, without its tests and without the module {@code testing}, which is a library for tests. */
final class CottonClasses {

    static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("/dev/cotton/testing/"))
            .importPackages("dev.cotton");

    private static final String PORTS = "dev.cotton.core.port";

    /** A class outside {@code core} that implements one of the interfaces of {@code core.port}. */
    static final DescribedPredicate<JavaClass> ADAPTER =
            DescribedPredicate.describe("adapters (implementations of a port)", CottonClasses::isAdapter);

    private CottonClasses() {}

    private static boolean isAdapter(JavaClass candidate) {
        return !candidate.isInterface()
                && !candidate.getPackageName().startsWith("dev.cotton.core")
                && candidate.getAllRawInterfaces().stream()
                        .anyMatch(port -> port.getPackageName().startsWith(PORTS));
    }
}
