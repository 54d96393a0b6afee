package org.tongmai.routes.engine.bundle.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedCamelContext;
import org.apache.camel.spi.ClassResolver;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The kamelets on the class path, and what each says of its parameters. */
final class Kamelets {
    private final ClassResolver resources;
    private final Map<String, Optional<Kamelet>> read = new ConcurrentHashMap<>();

    private Kamelets(ClassResolver resources) {
        this.resources = resources;
    }

    /** Those of a context: they come with the class path, so each is read once. */
    static Kamelets of(CamelContext context) {
        ExtendedCamelContext extended = context.getCamelContextExtension();
        Kamelets known = extended.getContextPlugin(Kamelets.class);
        if (known == null) {
            known = new Kamelets(context.getClassResolver());
            extended.addContextPlugin(Kamelets.class, known);
        }
        return known;
    }

    /**
     * One kamelet.
     *
     * @param parameters what it takes: type by name, {@code string} when it does not say
     * @param required what it can not do without
     */
    record Kamelet(Map<String, String> parameters, Set<String> required) {}

    Optional<Kamelet> find(String name) {
        return read.computeIfAbsent(name, this::read);
    }

    private Optional<Kamelet> read(String name) {
        try (InputStream file = resources.loadResourceAsStream("kamelets/" + name + ".kamelet.yaml")) {
            if (file == null) {
                return Optional.empty();
            }
            Object root = new Load(LoadSettings.builder().setLabel(name).build()).loadFromInputStream(file);
            Map<?, ?> definition = map(map(map(root).get("spec")).get("definition"));
            Map<String, String> parameters = new HashMap<>();
            map(definition.get("properties"))
                    .forEach((key, facts) -> parameters.put(
                            key.toString(), String.valueOf(map(facts).get("type"))));
            Set<String> required = new HashSet<>();
            if (definition.get("required") instanceof List<?> names) {
                names.forEach(each -> required.add(each.toString()));
            }
            return Optional.of(new Kamelet(parameters, required));
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    private static Map<?, ?> map(Object node) {
        return node instanceof Map<?, ?> map ? map : Map.of();
    }
}
