package org.tongmai.console.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.tongmai.console.app.sandbox.PackagedPlatform;
import org.tongmai.routes.engine.bundle.BundleOverrides;
import org.tongmai.routes.engine.bundle.archive.BundleArchive;
import org.tongmai.routes.engine.bundle.sandbox.SandboxPlatform;
import org.tongmai.routes.engine.bundle.sandbox.golden.GoldenSuite;
import org.tongmai.standards.error.Issue;

/** The golden tests of every bundle of the repository, one test a case: as on the command line and at a deployment. */
class GoldenBundlesTest {
    private static final List<GoldenSuite> SUITES = new ArrayList<>();
    private static SandboxPlatform platform;

    @BeforeAll
    static void load() {
        platform = PackagedPlatform.load();
    }

    @AfterAll
    static void close() {
        SUITES.forEach(GoldenSuite::close);
    }

    @TestFactory
    Stream<DynamicContainer> every_bundle_does_what_its_golden_tests_say() throws IOException {
        return bundles().stream().map(GoldenBundlesTest::container);
    }

    private static DynamicContainer container(Path folder) {
        GoldenSuite suite = open(folder);
        Stream<DynamicTest> cases =
                suite.cases().stream().map(name -> DynamicTest.dynamicTest(name, () -> passes(suite.run(name))));
        DynamicTest files = DynamicTest.dynamicTest("folder", () -> passes(suite.invalid()));
        return DynamicContainer.dynamicContainer(
                folder.getFileName().toString(), Stream.concat(cases, Stream.of(files)));
    }

    private static GoldenSuite open(Path folder) {
        try {
            GoldenSuite suite = GoldenSuite.open(BundleArchive.ofFolder(folder), BundleOverrides.NONE, platform);
            SUITES.add(suite);
            return suite;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void passes(List<Issue> failures) {
        assertThat(failures).extracting(Issue::text).isEmpty();
    }

    private static List<Path> bundles() throws IOException {
        Path routes = SourceTree.root().resolve("routes");
        List<Path> found = new ArrayList<>();
        for (Path place : List.of(routes.resolve("bundles"), routes)) {
            try (Stream<Path> folders = Files.list(place)) {
                folders.filter(folder -> Files.exists(folder.resolve("route-bundle.json")))
                        .sorted()
                        .forEach(found::add);
            }
        }
        return found;
    }
}
