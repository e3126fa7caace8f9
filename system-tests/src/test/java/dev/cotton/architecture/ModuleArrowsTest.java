package dev.cotton.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import org.junit.jupiter.api.Test;

/** Arrows point only towards {@code core}. */
final class ModuleArrowsTest {

    @Test
    void everyModuleIsLookedAt() {
        assertThat(CottonClasses.ALL)
                .extracting(JavaClass::getPackageName)
                .anyMatch(name -> name.startsWith("dev.cotton.core"))
                .anyMatch(name -> name.startsWith("dev.cotton.executor"))
                .anyMatch(name -> name.startsWith("dev.cotton.scheduler"))
                .anyMatch(name -> name.startsWith("dev.cotton.cli"))
                .anyMatch(name -> name.startsWith("dev.cotton.storage.hdfs"))
                .anyMatch(name -> name.startsWith("dev.cotton.storage.s3"));
    }

    @Test
    void coreDependsOnNothingButAnnotations() {
        classes()
                .that()
                .resideInAPackage("dev.cotton.core..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.cotton.core..", "java..", "org.jspecify.annotations", "com.fasterxml.jackson.annotation")
                .check(CottonClasses.ALL);
    }

    @Test
    void decisionsKnowNothingOfJson() {
        noClasses()
                .that()
                .resideInAPackage("dev.cotton.core.control..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.fasterxml.jackson..")
                .check(CottonClasses.ALL);
    }

    @Test
    void theExecutorDependsOnCoreOnly() {
        noClasses()
                .that()
                .resideInAPackage("dev.cotton.executor..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.cotton.scheduler..", "dev.cotton.cli..")
                .check(CottonClasses.ALL);
    }

    @Test
    void theSchedulerDependsOnCoreOnly() {
        noClasses()
                .that()
                .resideInAPackage("dev.cotton.scheduler..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.cotton.executor..", "dev.cotton.cli..")
                .check(CottonClasses.ALL);
    }

    @Test
    void storesDependOnCoreOnly() {
        noClasses()
                .that()
                .resideInAPackage("dev.cotton.storage..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.cotton.executor..", "dev.cotton.scheduler..", "dev.cotton.cli..")
                .check(CottonClasses.ALL);
    }

    @Test
    void nobodyDependsOnAStoreThatIsLoadedApart() {
        for (String store : new String[] {"dev.cotton.storage.hdfs..", "dev.cotton.storage.s3.."}) {
            noClasses()
                    .that()
                    .resideOutsideOfPackage(store)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(store)
                    .check(CottonClasses.ALL);
        }
    }

    @Test
    void theCommandLineKnowsSchedulerAndExecutorOnlyToStartThem() {
        noClasses()
                .that()
                .resideInAPackage("dev.cotton.cli..")
                .and()
                .resideOutsideOfPackage("dev.cotton.cli.app..")
                .should()
                .dependOnClassesThat(
                        JavaClass.Predicates.resideInAnyPackage("dev.cotton.scheduler..", "dev.cotton.executor..")
                                .and(JavaClass.Predicates.resideOutsideOfPackage("..app..")))
                .check(CottonClasses.ALL);
    }
}
