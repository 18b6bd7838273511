package org.millrace.api.library;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OpenApiTest {

    @Test
    void the_document_lists_every_route_of_the_api() {
        Map<String, Map<String, Object>> paths =
                when().get("/q/openapi?format=json").jsonPath().getMap("paths");
        TreeSet<String> listed = new TreeSet<>();
        paths.forEach((path, methods) -> methods.keySet().stream()
                .filter(method -> path.startsWith("/api/") && !method.equals("parameters"))
                .forEach(method -> listed.add(method.toUpperCase(Locale.ROOT) + " " + path)));

        assertThat(listed).isEqualTo(coded());
        assertThat(listed).contains("POST /api/v1/videos", "GET /api/v1/videos/{id}", "PATCH /api/v1/uploads/{id}");
    }

    private static TreeSet<String> coded() {
        TreeSet<String> routes = new TreeSet<>();
        new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("org.millrace.api")
                        .stream()
                        .filter(type -> type.isAnnotatedWith(Path.class))
                        .flatMap(OpenApiTest::routes)
                        .filter(route -> route.contains(" /api/"))
                        .forEach(routes::add);
        return routes;
    }

    private static Stream<String> routes(JavaClass type) {
        String base = type.getAnnotationOfType(Path.class).value();
        return type.getMethods().stream()
                .filter(method -> !method.tryGetAnnotationOfType(Operation.class)
                        .map(Operation::hidden)
                        .orElse(false))
                .flatMap(method -> method.getAnnotations().stream()
                        .filter(annotation -> annotation.getRawType().isAnnotatedWith(HttpMethod.class))
                        .map(annotation -> annotation
                                        .getRawType()
                                        .getAnnotationOfType(HttpMethod.class)
                                        .value() + " " + base + below(method)));
    }

    private static String below(JavaMethod method) {
        String path = method.tryGetAnnotationOfType(Path.class).map(Path::value).orElse("");
        return path.isEmpty() || path.startsWith("/") ? path : "/" + path;
    }
}
