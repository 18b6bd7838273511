package org.millrace.standalone.deploy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappingInterface.Property;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.IndexReader;

/**
 * The configuration keys that exist: those of every {@link ConfigMapping} in the service jars, those that their
 * {@code application*.properties} set, and the few of the libraries that deployments use.
 */
final class ConfigKeys {

    private static final Set<String> OF_LIBRARIES = Set.of(
            "quarkus.http.host",
            "quarkus.http.port",
            "quarkus.http.proxy.allow-x-forwarded",
            "quarkus.http.proxy.enable-forwarded-host",
            "quarkus.http.proxy.proxy-address-forwarding",
            "quarkus.http.proxy.trusted-proxies",
            "quarkus.datasource.jdbc.url",
            "quarkus.datasource.username",
            "quarkus.datasource.password",
            "quarkus.otel.exporter.otlp.endpoint",
            "quarkus.s3.endpoint-override",
            "quarkus.s3.path-style-access",
            "rabbitmq-host",
            "rabbitmq-port",
            "rabbitmq-username",
            "rabbitmq-password");

    private static final List<String> PROPERTY_FILES =
            List.of("application.properties", "application-rabbitmq.properties", "application-memory.properties");

    private ConfigKeys() {}

    /** The names of all environment variables that set a key that exists. */
    static Set<String> environmentNames() {
        Set<String> names = new TreeSet<>();
        all().forEach(key -> names.add(environmentName(key)));
        return names;
    }

    /** The environment variable that sets a key, as MicroProfile Config maps it. */
    static String environmentName(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    /** Every key that the classes and files of Millrace know, and those of the libraries. */
    static Set<String> all() {
        Set<String> keys = new TreeSet<>(OF_LIBRARIES);
        try {
            for (URL index : resources("META-INF/jandex.idx")) {
                keys.addAll(mappedKeys(index));
            }
            for (String file : PROPERTY_FILES) {
                for (URL properties : resources(file)) {
                    keys.addAll(keysIn(properties));
                }
            }
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException("the configuration keys cannot be read", e);
        }
        return keys;
    }

    /** The default of a key of ours as its mapping has it. */
    static String defaultOf(String key) {
        try {
            for (URL index : resources("META-INF/jandex.idx")) {
                for (Class<?> type : mappings(index)) {
                    Property property = ConfigMappings.getProperties(ConfigClass.configClass(type))
                            .get(key);
                    if (property != null && property.hasDefaultValue()) {
                        return property.getDefaultValue();
                    }
                }
            }
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException("the configuration keys cannot be read", e);
        }
        throw new IllegalArgumentException("no default of " + key);
    }

    private static Set<String> mappedKeys(URL index) throws IOException, ClassNotFoundException {
        Set<String> keys = new TreeSet<>();
        for (Class<?> type : mappings(index)) {
            // A list is set as a whole, by its name without an index.
            ConfigMappings.getProperties(ConfigClass.configClass(type))
                    .keySet()
                    .forEach(key -> keys.add(key.replace("[*]", "")));
        }
        return keys;
    }

    private static List<Class<?>> mappings(URL index) throws IOException, ClassNotFoundException {
        List<Class<?>> types = new ArrayList<>();
        try (InputStream in = index.openStream()) {
            for (AnnotationInstance mapping : new IndexReader(in).read().getAnnotations(ConfigMapping.class)) {
                String name = mapping.target().asClass().name().toString();
                if (name.startsWith("org.millrace.")) {
                    types.add(Class.forName(name, false, loader()));
                }
            }
        }
        return types;
    }

    private static Set<String> keysIn(URL file) {
        Properties properties = new Properties();
        try (InputStream in = file.openStream()) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.stringPropertyNames();
    }

    private static List<URL> resources(String name) throws IOException {
        return Collections.list(loader().getResources(name));
    }

    private static ClassLoader loader() {
        return Thread.currentThread().getContextClassLoader();
    }
}
