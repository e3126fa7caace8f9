package dev.cotton.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.junit.jupiter.api.Test;

/** Adapters do not know each other; only a composition root (a package {@code app}) puts them together. */
final class AdaptersTest {

    @Test
    void adaptersNeverImportEachOther() {
        classes()
                .that(CottonClasses.ADAPTER)
                .should(notDependOnAnotherAdapter())
                .allowEmptyShould(true)
                .check(CottonClasses.ALL);
    }

    @Test
    void onlyTheCompositionRootConstructsAdapters() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..app..")
                .should()
                .callConstructorWhere(constructsAnAdapterOfAnotherClass())
                .check(CottonClasses.ALL);
    }

    private static ArchCondition<JavaClass> notDependOnAnotherAdapter() {
        return new ArchCondition<>("not depend on another adapter") {
            @Override
            public void check(JavaClass adapter, ConditionEvents events) {
                adapter.getDirectDependenciesFromSelf().stream()
                        .filter(dependency ->
                                !family(dependency.getTargetClass()).equals(family(adapter)))
                        .filter(dependency -> CottonClasses.ADAPTER.test(dependency.getTargetClass()))
                        .map(Dependency::getDescription)
                        .forEach(description -> events.add(SimpleConditionEvent.violated(adapter, description)));
            }
        };
    }

    private static DescribedPredicate<JavaConstructorCall> constructsAnAdapterOfAnotherClass() {
        return DescribedPredicate.describe(
                "construct an adapter",
                call -> CottonClasses.ADAPTER.test(call.getTargetOwner())
                        && !family(call.getTargetOwner()).equals(family(call.getOriginOwner())));
    }

    /** The top-level class's name: a class, its nested classes and its lambdas are one. */
    private static String family(JavaClass type) {
        String name = type.getName();
        int nested = name.indexOf('$');
        return nested < 0 ? name : name.substring(0, nested);
    }
}
