package org.tongmai.console.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The dependency rules of the house: what may know what. */
class ArchitectureTest {
    private static final String OURS = "org.tongmai..";
    private static final String STANDARDS = "org.tongmai.standards..";
    private static final String MAPPINGS = "org.tongmai.mappings..";
    private static final String ADAPTERS = "org.tongmai.adapters..";
    private static final String ENGINE = "org.tongmai.routes.engine..";
    private static final String DOMAIN = "org.tongmai.console.domain..";
    private static final String SERVER = "org.tongmai.console.server..";
    private static final String APP = "org.tongmai.console.app..";
    private static final String CAMEL = "org.apache.camel..";
    private static final String SPRING = "org.springframework..";

    static final ArchRule standards_know_nothing_of_ours =
            noClasses().that().resideInAPackage(STANDARDS).should(dependOn(oursBut(STANDARDS)));

    static final ArchRule standards_know_neither_spring_nor_camel =
            noClasses().that().resideInAPackage(STANDARDS).should(dependOn(resideInAnyPackage(CAMEL, SPRING)));

    static final ArchRule mappings_know_standards_only =
            noClasses().that().resideInAPackage(MAPPINGS).should(dependOn(oursBut(STANDARDS, MAPPINGS)));

    static final ArchRule only_the_camel_package_of_mappings_sees_camel = noClasses()
            .that(resideInAPackage(MAPPINGS)
                    .and(DescribedPredicate.not(resideInAPackage("org.tongmai.mappings.camel.."))))
            .should(dependOn(resideInAnyPackage(CAMEL, SPRING)));

    static final ArchRule adapters_know_standards_only =
            noClasses().that().resideInAPackage(ADAPTERS).should(dependOn(oursBut(STANDARDS, ADAPTERS)));

    static final ArchRule adapters_do_not_know_each_other =
            slices().matching("org.tongmai.adapters.(*)..").should().notDependOnEachOther();

    static final ArchRule adapters_know_no_spring =
            noClasses().that().resideInAPackage(ADAPTERS).should(dependOn(resideInAPackage(SPRING)));

    static final ArchRule the_engine_knows_standards_and_mappings_only = noClasses()
            .that()
            .resideInAPackage(ENGINE)
            .should(dependOn(oursBut(STANDARDS, MAPPINGS, ENGINE).or(resideInAPackage(SPRING))));

    static final ArchRule the_domain_knows_standards_only = noClasses()
            .that()
            .resideInAPackage(DOMAIN)
            .should(dependOn(oursBut(STANDARDS, DOMAIN)
                    .or(resideInAnyPackage(CAMEL, "ca.uhn.hl7v2..", "java.net.http..", "org.apache.hc.."))))
            .allowEmptyShould(true);

    static final ArchRule the_console_server_knows_no_adapter =
            noClasses().that().resideInAPackage(SERVER).should(dependOn(resideInAnyPackage(ADAPTERS, APP)));

    static final ArchRule only_the_app_knows_the_console_server = noClasses()
            .that(resideInAPackage(OURS).and(DescribedPredicate.not(resideInAnyPackage(SERVER, APP))))
            .should(dependOn(resideInAnyPackage(SERVER, APP)));

    static final ArchRule what_is_internal_is_private_to_its_feature =
            classes().that().resideInAPackage("org.tongmai..internal..").should(onlyServeTheirFeature());

    static final ArchRule features_have_no_cycles =
            slices().assignedFrom(new Features()).should().beFreeOfCycles();

    /** Except where HL7's validator is driven: inside, it works in R5 (docs/decisions/0010). */
    static final ArchRule fhir_r4_is_the_only_fhir_model = noClasses()
            .that(resideInAPackage(OURS)
                    .and(DescribedPredicate.not(resideInAPackage("org.tongmai.adapters.fhirvalidation.internal.."))))
            .should(dependOn(resideInAnyPackage(
                    "org.hl7.fhir.dstu2..",
                    "org.hl7.fhir.dstu2016may..",
                    "org.hl7.fhir.dstu3..",
                    "org.hl7.fhir.r4b..",
                    "org.hl7.fhir.r5..",
                    "ca.uhn.fhir.model.dstu2..")));

    @TestFactory
    Stream<DynamicTest> every_rule_of_the_house_is_kept() {
        JavaClasses ours = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.tongmai");
        return Arrays.stream(ArchitectureTest.class.getDeclaredFields())
                .filter(field -> field.getType() == ArchRule.class)
                .map(field -> DynamicTest.dynamicTest(field.getName(), () -> ((ArchRule) field.get(null)).check(ours)));
    }

    private static ArchCondition<JavaClass> dependOn(DescribedPredicate<? super JavaClass> target) {
        return dependOnClassesThat(target);
    }

    private static DescribedPredicate<JavaClass> oursBut(String... allowed) {
        return resideInAPackage(OURS).and(DescribedPredicate.not(resideInAnyPackage(allowed)));
    }

    /** A feature is the package above {@code internal}; what lies in or under it may use it. */
    private static ArchCondition<JavaClass> onlyServeTheirFeature() {
        return new ArchCondition<>("be used by their own feature only") {
            @Override
            public void check(JavaClass used, ConditionEvents events) {
                String feature = used.getPackageName().replaceFirst("\\.internal(\\..*)?$", "");
                for (Dependency dependency : used.getDirectDependenciesToSelf()) {
                    String user = dependency.getOriginClass().getPackageName();
                    if (!user.equals(feature) && !user.startsWith(feature + ".")) {
                        events.add(SimpleConditionEvent.violated(used, dependency.getDescription()));
                    }
                }
            }
        };
    }

    /** Slices by module and feature: {@code routes.engine.journal}, {@code adapters.files}, {@code mappings}. */
    private static final class Features implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String[] names = type.getPackageName().split("\\.");
            if (names.length < 3) {
                return SliceIdentifier.ignore();
            }
            boolean twoLevels = names[2].equals("routes") || names[2].equals("console") || names[2].equals("adapters");
            int depth = Math.min(names.length, twoLevels ? 4 : 3);
            return SliceIdentifier.of(String.join(".", Arrays.copyOf(names, depth)));
        }

        @Override
        public String getDescription() {
            return "modules";
        }
    }
}
