package org.millrace.standalone.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules of the two services. Each is also run on classes made to break it, and has to fail there. */
class ArchitectureTest {

    private static final Pattern LAUNCHER = Pattern.compile(".*/test-classes/millrace/.*(?<!Test)\\.class");

    private static final String FIXTURES = "org.millrace.standalone.architecture.archfixtures";

    /** A rule and the classes it speaks of. */
    private record Rule(String name, ArchRule rule, Scope scope) {
        @Override
        public String toString() {
            return name;
        }
    }

    private enum Scope {
        PRODUCT,
        TESTS
    }

    @ParameterizedTest
    @MethodSource("rules")
    void the_services_keep(Rule rule) {
        rule.rule().check(rule.scope() == Scope.PRODUCT ? product() : tests());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void a_class_that_breaks_it_is_found_by(Rule rule) {
        JavaClasses breaking = new ClassFileImporter().importPackages(FIXTURES);
        assertThatThrownBy(() -> rule.rule().check(breaking)).isInstanceOf(AssertionError.class);
    }

    static Stream<Rule> rules() {
        return Stream.of(
                new Rule(
                        "the API and the worker meet in messages and object keys only",
                        noClasses()
                                .that(resideInAnyPackage("org.millrace.api..", FIXTURES + ".ledger.."))
                                .should()
                                .dependOnClassesThat(
                                        resideInAnyPackage("org.millrace.worker..", FIXTURES + ".worker..")),
                        Scope.PRODUCT),
                new Rule(
                        "the worker does not know the API",
                        noClasses()
                                .that(resideInAnyPackage("org.millrace.worker..", FIXTURES + ".worker.."))
                                .should()
                                .dependOnClassesThat(resideInAnyPackage("org.millrace.api..", FIXTURES + ".ledger..")),
                        Scope.PRODUCT),
                new Rule(
                        "ledger, problem and account are ports that know no step",
                        noClasses()
                                .that(resideInAnyPackage(
                                        "org.millrace.api.ledger..",
                                        "org.millrace.api.problem..",
                                        "org.millrace.api.account..",
                                        FIXTURES + ".ledger.."))
                                .should()
                                .dependOnClassesThat(resideInAnyPackage(
                                        "org.millrace.api.upload..",
                                        "org.millrace.api.dispatch..",
                                        "org.millrace.api.status..",
                                        "org.millrace.api.playback..",
                                        "org.millrace.api.library..",
                                        "org.millrace.api.admin..",
                                        FIXTURES + ".upload..")),
                        Scope.PRODUCT),
                new Rule(
                        "ffmpeg, mp4, replica and attempt know no step of the worker",
                        noClasses()
                                .that(resideInAnyPackage(
                                        "org.millrace.worker.ffmpeg..",
                                        "org.millrace.worker.mp4..",
                                        "org.millrace.worker.replica..",
                                        "org.millrace.worker.attempt..",
                                        FIXTURES + ".ledger.."))
                                .should()
                                .dependOnClassesThat(resideInAnyPackage(
                                        "org.millrace.worker.intake..",
                                        "org.millrace.worker.analyse..",
                                        "org.millrace.worker.encode..",
                                        "org.millrace.worker.verify..",
                                        "org.millrace.worker.publish..",
                                        "org.millrace.worker.report..",
                                        FIXTURES + ".upload..")),
                        Scope.PRODUCT),
                new Rule(
                        "steps form no circles",
                        slices().matching("org.millrace.(**)").should().beFreeOfCycles(),
                        Scope.PRODUCT),
                new Rule(
                        "only the ffmpeg package starts processes",
                        noClasses()
                                .that()
                                .resideOutsideOfPackage("org.millrace.worker.ffmpeg..")
                                .should()
                                .dependOnClassesThat()
                                .haveFullyQualifiedName(ProcessBuilder.class.getName())
                                .orShould()
                                .callMethod(Runtime.class, "exec", String.class),
                        Scope.PRODUCT),
                new Rule(
                        "collaborators come by constructor",
                        noFields().should().beAnnotatedWith("jakarta.inject.Inject"),
                        Scope.PRODUCT),
                new Rule(
                        "settings are read through mappings",
                        noFields().should().beAnnotatedWith("org.eclipse.microprofile.config.inject.ConfigProperty"),
                        Scope.PRODUCT),
                new Rule(
                        "no test sleeps",
                        noClasses()
                                .should()
                                .callMethod(Thread.class, "sleep", long.class)
                                .orShould()
                                .callMethod(Thread.class, "sleep", java.time.Duration.class),
                        Scope.TESTS),
                new Rule("every test is run", everyTestIsRun(), Scope.TESTS));
    }

    private static ArchRule everyTestIsRun() {
        return methods()
                .that()
                .areDeclaredInClassesThat()
                .haveNameMatching(".*(Test|IT)")
                .and()
                .haveRawReturnType(void.class)
                .and()
                .haveRawParameterTypes(new Class<?>[0])
                .and()
                .doNotHaveModifier(JavaModifier.PRIVATE)
                .and()
                .doNotHaveModifier(JavaModifier.STATIC)
                .and()
                .doNotHaveModifier(JavaModifier.SYNTHETIC)
                .should()
                .beAnnotatedWith(DescribedPredicate.<JavaAnnotation<?>>describe(
                        "an annotation of JUnit",
                        annotation -> annotation.getRawType().getPackageName().startsWith("org.junit.jupiter")));
    }

    private static JavaClasses product() {
        return new ClassFileImporter()
                .importPaths(Path.of("../api-service/target/classes"), Path.of("../transcode-worker/target/classes"));
    }

    private static JavaClasses tests() {
        List<Path> folders = Stream.of("shared-model", "media-store", "api-service", "transcode-worker", "standalone")
                .map(module -> Path.of("..", module, "target", "test-classes"))
                .toList();
        return new ClassFileImporter()
                .withImportOption(location -> !location.contains("archfixtures"))
                // The launcher's programs are compiled among the tests, but only their tests are some.
                .withImportOption(location -> !location.matches(LAUNCHER))
                .importPaths(folders);
    }

    @BeforeAll
    static void look_at_no_more_than_the_product() {
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    }

    @AfterAll
    static void restore_the_configuration() {
        ArchConfiguration.get().reset();
    }
}
