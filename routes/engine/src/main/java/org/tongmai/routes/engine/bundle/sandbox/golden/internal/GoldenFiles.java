package org.tongmai.routes.engine.bundle.sandbox.golden.internal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;
import org.tongmai.routes.engine.bundle.sandbox.SandboxError;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.table.CsvTable;

/**
 * The files in a bundle's folder {@code test}. A name is {@code <case>.<rest>}: {@code hl7}, {@code json} or {@code xml}
 * alone is what is sent in; {@code ack.hl7}, {@code canonical.json}, {@code issues.json} and {@code <destination>.<ending>}
 * are what is expected. {@code cases.csv} says which route a case goes to where there are several.
 */
public final class GoldenFiles {
    public static final String FOLDER = "test/";
    private static final Set<String> INPUTS = Set.of("hl7", "json", "xml");
    private static final String ROUTES = "cases.csv";
    private static final List<String> COLUMNS = List.of("case", "route");

    private final SortedMap<String, Case> cases = new TreeMap<>();
    private final List<Issue> invalid = new ArrayList<>();

    /**
     * One case.
     *
     * @param name what its files begin with
     * @param input ending of the file that is sent in
     * @param message its bytes
     * @param route id of the receiving route; empty for the bundle's first
     * @param expected content of the other files by the rest of their names
     */
    public record Case(String name, String input, byte[] message, String route, SortedMap<String, byte[]> expected) {
        /** Name of a file of this case in the bundle. */
        public String file(String rest) {
            return FOLDER + name + "." + rest;
        }
    }

    public GoldenFiles(BundleArchive archive) {
        Map<String, SortedMap<String, byte[]>> byCase = new TreeMap<>();
        archive.files().forEach((name, content) -> {
            String file = name.startsWith(FOLDER) ? name.substring(FOLDER.length()) : "";
            int dot = file.indexOf('.');
            if (dot > 0 && !file.equals(ROUTES) && !file.startsWith("README.")) {
                byCase.computeIfAbsent(file.substring(0, dot), any -> new TreeMap<>())
                        .put(file.substring(dot + 1), content);
            }
        });
        Map<String, String> routes = routes(archive);
        byCase.forEach((name, files) -> add(name, files, routes.getOrDefault(name, "")));
        routes.keySet().stream()
                .filter(name -> !cases.containsKey(name))
                .forEach(name -> refuse(ROUTES, "no case " + name));
        if (cases.isEmpty()) {
            invalid.add(Issue.of(SandboxError.UNTESTED, FOLDER, "found no case"));
        }
    }

    private void add(String name, SortedMap<String, byte[]> files, String route) {
        List<String> inputs = files.keySet().stream().filter(INPUTS::contains).toList();
        if (inputs.size() != 1) {
            String first = name + "." + files.firstKey();
            refuse(first, "found " + inputs.size() + " messages of case " + name + ", expected 1");
            return;
        }
        byte[] message = files.remove(inputs.get(0));
        cases.put(name, new Case(name, inputs.get(0), message, route, files));
    }

    private Map<String, String> routes(BundleArchive archive) {
        Map<String, String> routes = new TreeMap<>();
        byte[] content = archive.file(FOLDER + ROUTES).orElse(new byte[0]);
        CsvTable table = CsvTable.read(ROUTES, new String(content, StandardCharsets.UTF_8));
        if (!table.header().isEmpty() && !table.header().equals(COLUMNS)) {
            refuse(ROUTES, "expected the header case,route");
            return routes;
        }
        for (CsvTable.Row row : table.rows()) {
            if (row.cells().size() == COLUMNS.size()) {
                String route = row.cell(1).strip();
                routes.put(row.cell(0).strip(), route.contains(".") ? route : archive.id() + "." + route);
            } else {
                refuse(ROUTES, "expected two cells in line " + row.line());
            }
        }
        return routes;
    }

    private void refuse(String file, String detail) {
        invalid.add(Issue.of(SandboxError.GOLDEN_INVALID, FOLDER + file, detail));
    }

    /** The cases by name. */
    public SortedMap<String, Case> cases() {
        return cases;
    }

    /** What is wrong with the folder itself. */
    public List<Issue> invalid() {
        return List.copyOf(invalid);
    }
}
