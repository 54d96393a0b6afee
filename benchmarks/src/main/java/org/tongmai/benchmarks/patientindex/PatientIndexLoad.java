package org.tongmai.benchmarks.patientindex;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.HdrHistogram.Histogram;
import org.tongmai.adapters.canonicalstore.PostgresCanonicalStore;
import org.tongmai.adapters.patientindex.PostgresPatientIndexStore;
import org.tongmai.console.domain.patientindex.MatchTables;
import org.tongmai.console.domain.patientindex.PatientIndexService;
import org.tongmai.console.domain.patientindex.PatientIndexService.PatientChange;
import org.tongmai.console.domain.patientindex.PatientIndexService.Progress;
import org.tongmai.standards.canonical.CanonicalBundle;
import org.tongmai.standards.canonical.CanonicalResource;
import org.tongmai.standards.patientindex.Person;
import org.tongmai.standards.patientindex.Review;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Measures the patient index among many invented people: speed, and what became of planted duplicates. */
@CommandLine.Command(
        name = "patient-index",
        mixinStandardHelpOptions = true,
        description = "Loads invented people, indexes planted duplicates, asks for matches and for everything.")
public final class PatientIndexLoad implements Callable<Integer> {
    private static final String HOSPITAL = "WEST";

    @Option(names = "--people", defaultValue = "1000000", description = "People in the index (${DEFAULT-VALUE}).")
    private long people;

    @Option(names = "--planted", defaultValue = "24000", description = "Records that come in (${DEFAULT-VALUE}).")
    private int planted;

    @Option(names = "--batch", defaultValue = "200", description = "Records of one transaction (${DEFAULT-VALUE}).")
    private int batch;

    @Option(
            names = "--matches",
            defaultValue = "3000",
            description = "Questions whom a patient may be (${DEFAULT-VALUE}).")
    private int matches;

    @Option(
            names = "--everything",
            defaultValue = "4000",
            description = "Requests for everything about a patient (${DEFAULT-VALUE}).")
    private int everything;

    @Option(names = "--seed", defaultValue = "7", description = "Decides the people (${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--directory", description = "For the database; by default a temporary one. Emptied before.")
    private Path directory;

    private final PrintStream out = System.out;
    private SyntheticPeople population;
    private PatientIndexService index;

    /** A record that comes in, made of somebody. */
    private record Planted(String id, long of, PlantedCase planted, ObjectNode patient) {}

    @Override
    public Integer call() throws Exception {
        Path data = directory == null ? Files.createTempDirectory("patient-index") : directory;
        population = new SyntheticPeople(seed);
        try (IndexDatabase database = new IndexDatabase(data)) {
            index = new PatientIndexService(new PostgresPatientIndexStore(database.pool), MatchTables.load());
            PostgresCanonicalStore store = new PostgresCanonicalStore(database.pool);
            long start = System.nanoTime();
            new PopulationLoad(database, population, index).run(people);
            out.printf(
                    Locale.ROOT,
                    "loaded %d people (%d keys, %d resources) in %.0f s%n",
                    people,
                    database.number("select count(*) from patient_index.key"),
                    database.number("select count(*) from canonical.resource"),
                    seconds(start));
            List<Planted> incoming = plant();
            double rate = index(incoming);
            outcomes(incoming).print(out);
            match(incoming);
            store(database, store, incoming);
            try (EverythingLoad load = new EverythingLoad(store, index)) {
                load.run(asked(incoming), everything / 4, everything, out);
            }
            return rate >= 500 ? 0 : 1;
        }
    }

    private List<Planted> plant() {
        SplittableRandom random = population.random(Long.MIN_VALUE);
        PlantedCase[] cases = PlantedCase.values();
        Set<Long> used = new HashSet<>();
        List<Planted> incoming = new ArrayList<>(planted);
        while (incoming.size() < planted) {
            int number = incoming.size();
            PlantedCase next = cases[number % cases.length];
            // One record a person, and half of them of people who were in hospital.
            long of = random.nextLong(people);
            of = number % 2 == 0 ? of - of % PopulationLoad.WITH_STAY : of;
            if (used.add(of)) {
                String id = "w-" + number;
                SyntheticPerson person = next.of(population.person(of), population, random);
                incoming.add(new Planted(id, of, next, person.patient(id, HOSPITAL)));
            }
        }
        return incoming;
    }

    /** The first quarter warms up and is not measured. */
    private double index(List<Planted> incoming) {
        int warm = incoming.size() / 4;
        take(incoming.subList(0, warm));
        long start = System.nanoTime();
        take(incoming.subList(warm, incoming.size()));
        double rate = (incoming.size() - warm) / seconds(start);
        out.printf(
                Locale.ROOT,
                "indexed %d records among %d people, batches of %d, one thread, matched, linked and committed: %.0f/s%n",
                incoming.size() - warm,
                people,
                batch,
                rate);
        return rate;
    }

    private void take(List<Planted> incoming) {
        for (int from = 0; from < incoming.size(); from += batch) {
            List<PatientChange> changes = incoming.subList(from, Math.min(incoming.size(), from + batch)).stream()
                    .map(each -> new PatientChange(each.id(), 1, each.patient()))
                    .toList();
            index.index(changes, new Progress("benchmark", Integer.toString(from)));
        }
    }

    private MatchOutcomes outcomes(List<Planted> incoming) {
        Map<String, Long> truth = new HashMap<>();
        incoming.forEach(each ->
                truth.put(each.id(), each.planted().truth == PlantedCase.Truth.SAME ? each.of() : -1 - each.of()));
        Map<String, Set<String>> asked = new HashMap<>();
        index.reviews(Review.State.OPEN, Integer.MAX_VALUE).forEach(each -> {
            asked.computeIfAbsent(each.second().patientId(), k -> new HashSet<>())
                    .add(each.first().patientId());
            asked.computeIfAbsent(each.first().patientId(), k -> new HashSet<>())
                    .add(each.second().patientId());
        });
        MatchOutcomes outcomes = new MatchOutcomes();
        for (Planted each : incoming) {
            outcomes.add(each.planted(), outcome(each, truth, asked));
        }
        return outcomes;
    }

    private MatchOutcomes.Outcome outcome(Planted each, Map<String, Long> truth, Map<String, Set<String>> asked) {
        Person person = index.find(each.id()).orElseThrow();
        long own = truth.get(each.id());
        boolean wrong = person.patientIds().stream()
                .anyMatch(id -> (id.startsWith("e-") ? Long.parseLong(id.substring(2)) : truth.get(id)) != own);
        if (wrong) {
            return MatchOutcomes.Outcome.WRONG;
        }
        if (person.members().size() > 1) {
            return MatchOutcomes.Outcome.LINKED;
        }
        return asked.getOrDefault(each.id(), Set.of()).contains(PopulationLoad.patientId(each.of()))
                ? MatchOutcomes.Outcome.ASKED
                : MatchOutcomes.Outcome.ALONE;
    }

    /** One question at a time, as {@code $match} asks. */
    private void match(List<Planted> incoming) {
        Histogram times = new Histogram(3);
        long start = System.nanoTime();
        for (int i = 0; i < matches; i++) {
            long before = System.nanoTime();
            index.match(incoming.get(i * 7 % incoming.size()).patient(), 10);
            times.recordValue((System.nanoTime() - before) / 1000);
        }
        out.printf(
                Locale.ROOT,
                "match, one question at a time, one thread: %.0f/s, p50 %.2f ms, p99 %.2f ms%n",
                matches / seconds(start),
                times.getValueAtPercentile(50) / 1000.0,
                times.getValueAtPercentile(99) / 1000.0);
    }

    /** The planted records and a stay of each, the way messages are stored. */
    private void store(IndexDatabase database, PostgresCanonicalStore store, List<Planted> incoming) throws Exception {
        try (Connection connection = database.pool.getConnection()) {
            connection.setAutoCommit(false);
            for (int from = 0; from < incoming.size(); from += batch) {
                List<CanonicalBundle> bundles = new ArrayList<>();
                for (Planted each : incoming.subList(from, Math.min(incoming.size(), from + batch))) {
                    ObjectNode stay = PopulationLoad.resource("Encounter", "enc-" + each.id(), "Patient/" + each.id())
                            .put("status", "finished");
                    bundles.add(new CanonicalBundle(
                            "patient-administration",
                            "ADT^A01",
                            "",
                            List.of(
                                    new CanonicalResource("Patient", each.id(), each.patient()),
                                    new CanonicalResource("Encounter", "enc-" + each.id(), stay)),
                            List.of()));
                }
                store.upsert(connection, bundles.stream().map(store::prepare).toList());
                connection.commit();
            }
        }
    }

    /** Half of the requests by the second hospital's id, half by the first's. */
    private static List<String> asked(List<Planted> incoming) {
        return incoming.stream()
                .map(each -> each.of() % 3 == 0 ? each.id() : PopulationLoad.patientId(each.of()))
                .toList();
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
