package org.tongmai.console.domain.patientindex.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tongmai.standards.patientindex.IndexedRecord;
import org.tongmai.standards.patientindex.MatchGrade;
import org.tongmai.standards.patientindex.MatchVerdict;
import org.tongmai.standards.patientindex.PatientIndexStore.Reading;
import org.tongmai.standards.patientindex.PatientTraits;
import org.tongmai.standards.patientindex.Person;
import org.tongmai.standards.patientindex.PersonDirectory.PatientMatch;

/** Finds persons by the id of a record or of their own, and whom a Patient may be. */
public final class PersonLookup {
    /** A chain of merges that is longer than this was not made by people. */
    private static final int LONGEST_CHAIN = 64;

    private final PatientIndexing rules;

    public PersonLookup(PatientIndexing rules) {
        this.rules = rules;
    }

    /** Finds the number of the person that an id leads to. */
    public static Optional<Long> number(Reading store, String id) {
        long person = Person.number(id);
        return person == 0
                ? store.byPatient(List.of(id)).stream().findFirst().map(IndexedRecord::person)
                : Optional.ofNullable(numbers(store, List.of(person)).get(person));
    }

    /** The persons that numbers of persons lead to; however many they are, two questions for each step of a chain of merges. */
    static Map<Long, Long> numbers(Reading store, Collection<Long> persons) {
        Map<Long, Long> found = new HashMap<>();
        Map<Long, Long> open = new HashMap<>();
        persons.forEach(person -> open.put(person, person));
        for (int i = 0; i < LONGEST_CHAIN && !open.isEmpty(); i++) {
            Set<Long> there = store.byPerson(new HashSet<>(open.values())).stream()
                    .map(IndexedRecord::person)
                    .collect(Collectors.toSet());
            open.forEach((asked, now) -> {
                if (there.contains(now)) {
                    found.put(asked, now);
                }
            });
            open.keySet().removeAll(found.keySet());
            Map<Long, Long> successors = store.successors(new HashSet<>(open.values()));
            open.values().retainAll(successors.keySet());
            open.replaceAll((asked, now) -> successors.get(now));
        }
        return found;
    }

    public static Optional<Person> find(Reading store, String id) {
        return number(store, id).map(number -> new Person(Person.id(number), store.byPerson(List.of(number))));
    }

    /** Finds whom a Patient may be, best first, one record a person. */
    public List<PatientMatch> match(Reading store, ObjectNode patient, int count) {
        PatientTraits traits = rules.reader().read(patient);
        List<Long> keys = rules.keys().keys(traits);
        Map<Long, Set<Long>> found = rules.candidates().find(store, keys);
        Map<Long, MatchDecisions.Fit> best = new HashMap<>();
        for (IndexedRecord each : store.byNumber(CandidateSearch.under(keys, found))) {
            MatchVerdict verdict = rules.matcher().compare(traits, each.traits());
            if (verdict.grade() != MatchGrade.NONE) {
                best.merge(each.person(), new MatchDecisions.Fit(each, verdict), PersonLookup::better);
            }
        }
        return best.entrySet().stream()
                .sorted(Comparator.comparing(Map.Entry::getValue, MatchDecisions.Fit.ORDER))
                .limit(count)
                .map(each -> new PatientMatch(
                        Person.id(each.getKey()),
                        each.getValue().other().patientId(),
                        each.getValue().verdict()))
                .toList();
    }

    private static MatchDecisions.Fit better(MatchDecisions.Fit a, MatchDecisions.Fit b) {
        return MatchDecisions.Fit.ORDER.compare(a, b) <= 0 ? a : b;
    }
}
