package org.tongmai.console.domain.patientindex.internal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tongmai.standards.patientindex.IndexedRecord;
import org.tongmai.standards.patientindex.PatientIndexStore.KeyHit;
import org.tongmai.standards.patientindex.PatientIndexStore.Reading;
import org.tongmai.standards.patientindex.PatientTraits;
import org.tongmai.standards.patientindex.Person;
import org.tongmai.standards.patientindex.PersonIdentifier;

/** Finds the persons that bear identifiers. */
public final class IdentifierBearers {
    /** Who shares an identifier with more records than that can not be told apart. */
    private static final int MOST_RECORDS = 100;

    private final MatchPolicy policy;
    private final KeyMaker keys;

    public IdentifierBearers(MatchPolicy policy, HanText han) {
        this.policy = policy;
        this.keys = new KeyMaker(policy, han);
    }

    /** The identifier as it is compared: system and value; empty when the system is not known or the value not valid. */
    public Optional<PersonIdentifier> comparable(PersonIdentifier identifier) {
        if (identifier.system().equals(PersonIdentifier.PATIENT)) {
            return Optional.of(identifier);
        }
        return kind(identifier)
                .flatMap(kind -> TraitsReader.comparable(kind, identifier.value()))
                .map(value -> new PersonIdentifier(identifier.system(), value));
    }

    private Optional<MatchPolicy.IdentifierKind> kind(PersonIdentifier identifier) {
        return policy.identifiers().stream()
                .filter(kind -> kind.system().equals(identifier.system()))
                .findFirst();
    }

    /**
     * The numbers of the persons with a record that bears the identifier; more than one where that is not certain, none
     * where nobody is known.
     *
     * @param identifiers as {@link #comparable} makes them
     */
    public Map<PersonIdentifier, Set<Long>> persons(Reading store, Collection<PersonIdentifier> identifiers) {
        Map<PersonIdentifier, Set<Long>> found = new HashMap<>();
        Map<Long, List<PersonIdentifier>> byKey = new HashMap<>();
        List<String> patients = new ArrayList<>();
        for (PersonIdentifier each : new HashSet<>(identifiers)) {
            found.put(each, new HashSet<>());
            if (each.system().equals(PersonIdentifier.PATIENT)) {
                patients.add(each.value());
            } else {
                key(each).forEach(key -> byKey.computeIfAbsent(key, first -> new ArrayList<>())
                        .add(each));
            }
        }
        ofPatients(store, patients, found);
        ofKeys(store, byKey, found);
        return found;
    }

    private static void ofPatients(Reading store, List<String> ids, Map<PersonIdentifier, Set<Long>> found) {
        List<String> records = ids.stream().filter(id -> Person.number(id) == 0).toList();
        store.byPatient(records)
                .forEach(record -> found.get(new PersonIdentifier(PersonIdentifier.PATIENT, record.patientId()))
                        .add(record.person()));
        List<String> persons = ids.stream().filter(id -> Person.number(id) != 0).toList();
        Map<Long, Long> now =
                PersonLookup.numbers(store, persons.stream().map(Person::number).toList());
        persons.stream().filter(id -> now.containsKey(Person.number(id))).forEach(id -> found.get(
                        new PersonIdentifier(PersonIdentifier.PATIENT, id))
                .add(now.get(Person.number(id))));
    }

    private void ofKeys(
            Reading store, Map<Long, List<PersonIdentifier>> byKey, Map<PersonIdentifier, Set<Long>> found) {
        List<KeyHit> hits = store.find(byKey.keySet(), MOST_RECORDS + 1);
        Map<Long, Long> counts = hits.stream().collect(Collectors.groupingBy(KeyHit::key, Collectors.counting()));
        List<KeyHit> followed = hits.stream()
                .filter(hit -> counts.get(hit.key()) <= MOST_RECORDS)
                .toList();
        Map<Long, IndexedRecord> records = new HashMap<>();
        store.byNumber(followed.stream().map(KeyHit::record).distinct().toList())
                .forEach(record -> records.put(record.number(), record));
        for (KeyHit hit : followed) {
            IndexedRecord record = records.get(hit.record());
            for (PersonIdentifier each : byKey.get(hit.key())) {
                if (record != null && bears(record, each)) {
                    found.get(each).add(record.person());
                }
            }
        }
    }

    /** A key is a hash: the record itself must say so. */
    private boolean bears(IndexedRecord record, PersonIdentifier identifier) {
        String kind = kind(identifier).orElseThrow().kind();
        return record.traits().identifiers().contains(new PatientTraits.Identifier(kind, identifier.value()));
    }

    private List<Long> key(PersonIdentifier identifier) {
        return kind(identifier)
                .map(kind -> keys.keys(new PatientTraits(
                        List.of(),
                        "",
                        "",
                        List.of(),
                        List.of(),
                        List.of(new PatientTraits.Identifier(kind.kind(), identifier.value())))))
                .orElse(List.of());
    }
}
