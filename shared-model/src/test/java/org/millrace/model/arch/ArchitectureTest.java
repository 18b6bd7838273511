package org.millrace.model.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** The rules of the model, each seen to fail on a class made to break it. */
class ArchitectureTest {

    private static final JavaClasses MODEL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.millrace.model");
    private static final JavaClasses FIXTURES =
            new ClassFileImporter().importPackages("org.millrace.model.archfixtures");

    private static final ArchRule NO_INPUT_OR_OUTPUT = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.nio.file..", "java.net..", "java.sql..", "io.quarkus..")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.io.File");
    private static final ArchRule NO_CYCLES =
            slices().matching("org.millrace.model.(**)").should().beFreeOfCycles();

    @Test
    void the_model_does_no_input_or_output() {
        NO_INPUT_OR_OUTPUT.check(MODEL);
        assertThat(NO_INPUT_OR_OUTPUT.evaluate(FIXTURES).hasViolation()).isTrue();
    }

    @Test
    void the_packages_of_the_model_form_a_line_without_cycles() {
        NO_CYCLES.check(MODEL);
        assertThat(NO_CYCLES.evaluate(FIXTURES).hasViolation()).isTrue();
    }
}
