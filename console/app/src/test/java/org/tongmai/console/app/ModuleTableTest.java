package org.tongmai.console.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.tongmai.routes.engine.gateway.rules.RuleSet;
import org.tongmai.routes.engine.gateway.rules.Service;

/** What {@code docs/seed-004.md} names is there: tests, classes, members of rules, settings and addresses. */
class ModuleTableTest {
    private static final Pattern NAMED = Pattern.compile("`([^`]+)`");
    private static final Pattern TEST = Pattern.compile("([A-Z]\\w*(?:Test|IT))?(?:#(\\w+))?");
    private static final Pattern ADDRESS = Pattern.compile("(?:GET|POST) /.*");
    private static final Pattern AS_ANOTHER = Pattern.compile("\\bas (\\d+)");
    /** One whose number is a single one, or the first and the last of several; with nothing behind its module is not there. */
    private static final Pattern ROW = Pattern.compile("\\| (\\d+)(?:–(\\d+))? \\|.*");

    private static final List<Path> FILES = SourceTree.files();
    private static final List<Row> ROWS = rows();
    private static final Set<String> ADDRESSES = addresses();

    private record Row(String number, String code, String test, String setting) {}

    @Test
    void every_test_it_names_is_there() {
        List<String> missing = new ArrayList<>();
        for (Row row : ROWS) {
            String last = "";
            for (String name : named(row.test())) {
                Matcher test = TEST.matcher(name);
                boolean is = test.matches();
                last = is && test.group(1) != null ? test.group(1) : last;
                if (!is || !isTest(last, test.group(2))) {
                    missing.add(row.number() + ": " + name + " of " + last);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void every_class_package_folder_and_address_of_its_code_is_there() {
        List<String> missing = ROWS.stream()
                .flatMap(row -> named(row.code()).stream()
                        .filter(name -> !(ADDRESS.matcher(name).matches() ? ADDRESSES.contains(name) : isCode(name)))
                        .map(name -> row.number() + ": " + name))
                .toList();
        assertThat(missing).isEmpty();
    }

    @Test
    void every_setting_member_of_a_rule_and_address_is_there() throws IOException {
        String settings = Files.readString(SourceTree.root().resolve("docs/settings.md"));
        List<String> missing = new ArrayList<>();
        for (Row row : ROWS) {
            for (String name : named(row.setting())) {
                boolean there = ADDRESS.matcher(name).matches()
                        ? ADDRESSES.contains(name)
                        : settings.contains("\n| `" + name + "` |") || isMember(name);
                if (!there) {
                    missing.add(row.number() + ": " + name);
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void every_module_that_is_there_names_a_test_or_another_that_does() {
        Set<String> proven = ROWS.stream()
                .filter(row -> row.test().contains("`"))
                .map(Row::number)
                .collect(Collectors.toSet());
        List<String> unproven = ROWS.stream()
                .filter(row -> !row.code().isEmpty())
                .filter(row -> !proven.contains(row.number())
                        && AS_ANOTHER.matcher(row.test()).results().noneMatch(other -> proven.contains(other.group(1))))
                .map(Row::number)
                .toList();
        assertThat(unproven).isEmpty();
        assertThat(proven).hasSizeGreaterThan(20);
    }

    private static List<Row> rows() {
        try {
            return Files.readAllLines(SourceTree.root().resolve("docs/seed-004.md")).stream()
                    .filter(line -> ROW.matcher(line).matches())
                    .map(line -> Arrays.stream(line.split("\\|", -1))
                            .map(String::strip)
                            .toList())
                    .map(cells -> new Row(cells.get(1), cells.get(4), cells.get(5), cells.get(6)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> named(String cell) {
        return NAMED.matcher(cell).results().map(name -> name.group(1)).toList();
    }

    private static boolean isTest(String type, String method) {
        return files("src/test/java", type + ".java")
                .anyMatch(file -> method == null
                        || Pattern.compile("\\s(?:void|Stream<DynamicTest>) " + method + "\\(")
                                .matcher(text(file))
                                .find());
    }

    /** {@code package.Class}, {@code Class.Inner}, a package, a file, or a folder from the root. */
    private static boolean isCode(String name) {
        if (name.contains("/")) {
            return Files.exists(SourceTree.root().resolve(name));
        }
        if (name.endsWith(".csv")) {
            return files("src/main/resources", name).findAny().isPresent();
        }
        String path = name.replace('.', '/');
        String outer = path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
        String inner = name.substring(name.lastIndexOf('.') + 1);
        boolean nested = !outer.isEmpty()
                && files("src/main/java", outer + ".java")
                        .anyMatch(file -> Pattern.compile("\\b(?:class|record|enum|interface) " + inner + "\\b")
                                .matcher(text(file))
                                .find());
        return nested
                || files("src/main/java", path + ".java").findAny().isPresent()
                || files("src/main/java", path + "/package-info.java").findAny().isPresent();
    }

    private static Stream<Path> files(String of, String end) {
        return FILES.stream().filter(file -> file.toString().contains("/" + of + "/") && file.endsWith(end));
    }

    private static boolean isMember(String path) {
        return Stream.of(RuleSet.class, Service.class).anyMatch(root -> leads(root, List.of(path.split("\\."))));
    }

    private static boolean leads(Type from, List<String> steps) {
        Class<?> type = held(from);
        return steps.isEmpty()
                || type.isRecord()
                        && Arrays.stream(type.getRecordComponents())
                                .filter(member -> member.getName().equals(steps.get(0)))
                                .anyMatch(member -> leads(member.getGenericType(), steps.subList(1, steps.size())));
    }

    /** Of a list or a map, what it holds. */
    private static Class<?> held(Type type) {
        if (type instanceof ParameterizedType several) {
            Type[] held = several.getActualTypeArguments();
            return held(held[held.length - 1]);
        }
        return (Class<?>) type;
    }

    private static Set<String> addresses() {
        ClassPathScanningCandidateComponentProvider controllers =
                new ClassPathScanningCandidateComponentProvider(false);
        controllers.addIncludeFilter(new AnnotationTypeFilter(RestController.class));
        Set<String> addresses = new TreeSet<>();
        controllers.findCandidateComponents("org.tongmai.console.server").forEach(found -> {
            Class<?> type = ClassUtils.resolveClassName(found.getBeanClassName(), null);
            Arrays.stream(type.getDeclaredMethods()).forEach(method -> addresses.addAll(addresses(type, method)));
        });
        return addresses;
    }

    private static List<String> addresses(Class<?> type, Method method) {
        RequestMapping own = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
        if (own == null) {
            return List.of();
        }
        RequestMapping all = AnnotatedElementUtils.findMergedAnnotation(type, RequestMapping.class);
        String start = all == null || all.path().length == 0 ? "" : all.path()[0];
        String end = own.path().length == 0 ? "" : own.path()[0];
        return Arrays.stream(own.method()).map(verb -> verb + " " + start + end).toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
