package org.millrace.store;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.inject.Inject;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.millrace.store.archfixtures.FieldInjected;
import org.millrace.store.archfixtures.ForgottenTest;
import org.millrace.store.archfixtures.KnowsTheContainer;
import org.millrace.store.archfixtures.PortKnowingAws;
import org.millrace.store.archfixtures.Sleeper;

class ArchitectureTest {

    private static final String PACKAGE = "org.millrace.store";

    private static final ArchRule FENCE = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    PACKAGE,
                    "org.millrace.model..",
                    "java..",
                    "software.amazon.awssdk..",
                    "jakarta.enterprise..",
                    "jakarta.inject..",
                    "io.smallrye.config..");

    private static final ArchRule AWS = noClasses()
            .that()
            .haveSimpleNameNotStartingWith("S3")
            .and()
            .doNotBelongToAnyOf(MediaStoreProducer.class)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("software.amazon..");

    private static final ArchRule INJECTION = noFields().should().beAnnotatedWith(Inject.class);

    private static final ArchRule SLEEP = noClasses().should().callMethod(Thread.class, "sleep", long.class);

    private static final ArchRule FORGOTTEN = methods()
            .that()
            .areDeclaredInClassesThat()
            .haveSimpleNameEndingWith("Test")
            .and()
            .haveRawReturnType(void.class)
            .and()
            .haveRawParameterTypes(new Class<?>[0])
            .and()
            .doNotHaveModifier(JavaModifier.PRIVATE)
            .and()
            .doNotHaveModifier(JavaModifier.SYNTHETIC)
            .should()
            .beAnnotatedWith(fromJunit());

    private static DescribedPredicate<JavaAnnotation<?>> fromJunit() {
        return DescribedPredicate.describe(
                "an annotation of JUnit",
                annotation -> annotation.getRawType().getPackageName().startsWith("org.junit.jupiter"));
    }

    @ParameterizedTest
    @MethodSource("rules_of_the_module")
    void the_module_keeps_its_rules(ArchRule rule) {
        rule.check(importing(new ImportOption.DoNotIncludeTests()));
    }

    static Stream<ArchRule> rules_of_the_module() {
        return Stream.of(FENCE, AWS, INJECTION);
    }

    @Test
    void nobody_sleeps_and_every_test_is_run() {
        JavaClasses everything = importing(location -> !location.contains("/archfixtures/"));

        SLEEP.check(everything);
        FORGOTTEN.check(everything);
    }

    @ParameterizedTest
    @MethodSource("rules_and_what_breaks_them")
    void every_rule_can_fail(ArchRule rule, Class<?> fixture) {
        JavaClasses breaking = new ClassFileImporter().importClasses(fixture);

        assertThatThrownBy(() -> rule.check(breaking))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(fixture.getSimpleName());
    }

    static Stream<Arguments> rules_and_what_breaks_them() {
        return Stream.of(
                Arguments.of(FENCE, KnowsTheContainer.class),
                Arguments.of(AWS, PortKnowingAws.class),
                Arguments.of(INJECTION, FieldInjected.class),
                Arguments.of(SLEEP, Sleeper.class),
                Arguments.of(FORGOTTEN, ForgottenTest.class));
    }

    @BeforeAll
    static void look_at_no_more_than_the_module() {
        // The rules need only the names of foreign classes; reading the AWS SDK would take most of the time.
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    }

    @AfterAll
    static void restore_the_configuration() {
        ArchConfiguration.get().reset();
    }

    private static JavaClasses importing(ImportOption option) {
        return new ClassFileImporter().withImportOption(option).importPackages(PACKAGE);
    }
}
