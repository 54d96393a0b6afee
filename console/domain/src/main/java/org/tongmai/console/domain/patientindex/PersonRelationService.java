package org.tongmai.console.domain.patientindex;

import java.time.Clock;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tongmai.console.domain.patientindex.internal.IdentifierBearers;
import org.tongmai.console.domain.patientindex.internal.IndexChanges;
import org.tongmai.standards.error.CodedException;
import org.tongmai.standards.error.Issue;
import org.tongmai.standards.patientindex.Guardianship;
import org.tongmai.standards.patientindex.Guardianships;
import org.tongmai.standards.patientindex.IndexedRecord;
import org.tongmai.standards.patientindex.PatientIndex.By;
import org.tongmai.standards.patientindex.PatientIndexStore;
import org.tongmai.standards.patientindex.PatientIndexStore.GuardianRow;
import org.tongmai.standards.patientindex.PatientIndexStore.Reading;
import org.tongmai.standards.patientindex.PersonIdentifier;
import org.tongmai.standards.patientindex.PersonRelations;

/** Who is who, and who looks after whom, over the index. Safe for many threads and nodes. */
public final class PersonRelationService implements PersonRelations, Guardianships {
    private static final int OF_AGE = 18;
    private static final int DAY = 10;

    private final PatientIndexStore store;
    private final IdentifierBearers bearers;
    private final Clock clock;

    /** @param clock whose day and zone decide whether a guardianship holds */
    public PersonRelationService(PatientIndexStore store, MatchTables tables, Clock clock) {
        this.store = store;
        this.bearers = new IdentifierBearers(tables.policy(), tables.han());
        this.clock = clock;
    }

    @Override
    public Map<Question, Relation> relate(Collection<Question> questions) {
        Map<PersonIdentifier, PersonIdentifier> comparable = new HashMap<>();
        questions.stream()
                .flatMap(each -> Stream.of(each.subject(), each.other()))
                .distinct()
                .forEach(each -> bearers.comparable(each).ifPresent(form -> comparable.put(each, form)));
        return store.read(reading -> {
            Map<PersonIdentifier, Set<Long>> persons = bearers.persons(reading, comparable.values());
            Map<Long, Set<Long>> wards = wards(reading, questions, comparable, persons);
            Map<Question, Relation> answers = new HashMap<>();
            for (Question each : questions) {
                PersonIdentifier subject = comparable.get(each.subject());
                PersonIdentifier other = comparable.get(each.other());
                boolean known = subject != null && other != null;
                answers.put(
                        each,
                        !known
                                ? Relation.NONE
                                : subject.equals(other)
                                        ? Relation.SAME
                                        : relation(persons.get(subject), persons.get(other), wards));
            }
            return answers;
        });
    }

    /** Whoever may be more than one person is nobody; what may be several persons' is seen only by who may see all of them. */
    private static Relation relation(Set<Long> subject, Set<Long> other, Map<Long, Set<Long>> wards) {
        if (subject.size() != 1 || other.isEmpty()) {
            return Relation.NONE;
        }
        long who = subject.iterator().next();
        if (other.equals(subject)) {
            return Relation.SAME;
        }
        Set<Long> ofWho = wards.getOrDefault(who, Set.of());
        return other.stream().allMatch(person -> person == who || ofWho.contains(person))
                ? Relation.GUARDIAN
                : Relation.NONE;
    }

    private Map<Long, Set<Long>> wards(
            Reading reading,
            Collection<Question> questions,
            Map<PersonIdentifier, PersonIdentifier> comparable,
            Map<PersonIdentifier, Set<Long>> persons) {
        Set<Long> subjects = questions.stream()
                .map(each -> comparable.get(each.subject()))
                .filter(persons::containsKey)
                .flatMap(each -> persons.get(each).stream())
                .collect(Collectors.toSet());
        LocalDate today = LocalDate.now(clock);
        Map<Long, Set<Long>> wards = new HashMap<>();
        for (GuardianRow row : reading.guardianships(subjects)) {
            if (row.guardianship().holdsOn(today)) {
                wards.computeIfAbsent(row.guardian(), first -> new HashSet<>()).add(row.ward());
            }
        }
        return wards;
    }

    @Override
    public Guardianship record(Appointment appointment, By by) {
        IndexChanges.requireReason(by);
        return store.write(writing -> {
            IndexedRecord guardian = record(writing, appointment.guardian());
            IndexedRecord ward = record(writing, appointment.ward());
            if (guardian.person() == ward.person()) {
                throw new CodedException(Issue.of(PatientIndexError.SAME_PERSON, "ward", ""));
            }
            LocalDate from = appointment.from() == null ? LocalDate.now(clock) : appointment.from();
            LocalDate until = until(appointment, writing.byPerson(List.of(ward.person())));
            if (until != null && !until.isAfter(from)) {
                throw new CodedException(
                        Issue.of(PatientIndexError.NO_TIME, "until", "expected: after the first day, and not of age"));
            }
            Guardianship wanted = new Guardianship(
                    0,
                    guardian.patientId(),
                    ward.patientId(),
                    appointment.kind(),
                    from,
                    until,
                    new Guardianship.Entry(by.account(), clock.instant(), by.reason()),
                    null);
            long number = writing.add(wanted, guardian.number(), ward.number());
            return writing.guardianship(number).orElseThrow().guardianship();
        });
    }

    /** @throws CodedException for a minor of whom neither the day of birth nor an end is known: it would hold for ever */
    private static LocalDate until(Appointment appointment, List<IndexedRecord> ward) {
        Optional<LocalDate> ofAge = appointment.kind() != Guardianship.Kind.MINOR
                ? Optional.empty()
                : ward.stream()
                        .map(record -> record.traits().birthDate())
                        .filter(date -> date.length() == DAY)
                        .map(date -> LocalDate.parse(date).plusYears(OF_AGE))
                        .min(LocalDate::compareTo);
        if (ofAge.isEmpty()) {
            if (appointment.kind() == Guardianship.Kind.MINOR && appointment.until() == null) {
                throw new CodedException(Issue.of(
                        PatientIndexError.NO_END,
                        "until",
                        "expected: the day the ward is of age, as its birth is not known"));
            }
            return appointment.until();
        }
        return appointment.until() == null || ofAge.get().isBefore(appointment.until())
                ? ofAge.get()
                : appointment.until();
    }

    private static IndexedRecord record(Reading reading, String id) {
        long person = IndexChanges.person(reading, id);
        List<IndexedRecord> members = reading.byPerson(List.of(person));
        return members.stream()
                .filter(each -> each.patientId().equals(id))
                .findFirst()
                .orElse(members.get(0));
    }

    @Override
    public Guardianship end(long number, By by) {
        IndexChanges.requireReason(by);
        return store.write(writing -> {
            Guardianship there = writing.guardianship(number)
                    .map(GuardianRow::guardianship)
                    .filter(each -> each.ended() == null)
                    .orElseThrow(() -> new CodedException(
                            Issue.of(PatientIndexError.NO_SUCH_GUARDIANSHIP, Long.toString(number), "")));
            writing.end(there.number(), new Guardianship.Entry(by.account(), clock.instant(), by.reason()));
            return writing.guardianship(number).orElseThrow().guardianship();
        });
    }

    @Override
    public List<Guardianship> of(String person) {
        return store.read(reading -> reading.guardianships(List.of(IndexChanges.person(reading, person))).stream()
                .map(GuardianRow::guardianship)
                .toList());
    }
}
