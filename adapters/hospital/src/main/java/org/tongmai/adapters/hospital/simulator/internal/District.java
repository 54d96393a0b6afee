package org.tongmai.adapters.hospital.simulator.internal;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.tongmai.adapters.hospital.simulator.FeedSettings;
import org.tongmai.adapters.hospital.simulator.FeedSettings.Kind;
import org.tongmai.adapters.hospital.simulator.internal.MessageWriter.Header;

/**
 * Plays what happens in one hospital: people arrive, and each arrival puts the later events of its visit into a queue
 * ordered by time. What happens to a person keeps its order, whatever happens to others in between.
 */
public final class District {
    private static final int REMEMBERED = 20_000;
    private static final int MEAN_SECONDS_BETWEEN_ARRIVALS = 40;

    private final FeedSettings settings;
    private final SplittableRandom random;
    private final Person.Draw draw;
    private final MessageWriter writer;
    private final PriorityQueue<Event> queue =
            new PriorityQueue<>(Comparator.comparing(Event::time).thenComparingLong(Event::number));
    private final List<Person> known = new ArrayList<>();
    private LocalDateTime nextArrival;
    private long events;
    private long people;
    private long visits;
    private long messages;

    public District(FeedSettings settings) {
        this.settings = settings;
        this.random =
                new SplittableRandom(settings.seed() * 31 + settings.hospital().ordinal());
        this.draw = new Person.Draw(new Lists(), random);
        this.writer = new MessageWriter(settings.hospital());
        this.nextArrival = settings.start();
    }

    /** A message that was played. */
    public record Played(Kind kind, String controlId, String person, byte[] bytes) {}

    /** Writes a message at its time. */
    private interface Script {
        byte[] write(Header header);
    }

    private record Event(LocalDateTime time, long number, String type, Person person, Script script) {}

    /** Plays the next message, also of kinds the feed leaves out. */
    public Played next() {
        while (queue.isEmpty() || !nextArrival.isAfter(queue.peek().time())) {
            arrive(nextArrival);
            nextArrival = nextArrival.plusSeconds(1 + random.nextInt(2 * MEAN_SECONDS_BETWEEN_ARRIVALS));
        }
        Event event = queue.poll();
        messages++;
        String controlId = settings.run() + "-" + String.format("%09d", messages);
        byte[] bytes = event.script().write(new Header(controlId, event.type(), event.time()));
        Kind kind = "R01".equals(event.type()) ? Kind.ORU : Kind.ADT;
        return new Played(kind, controlId, event.person().key, bytes);
    }

    private void arrive(LocalDateTime now) {
        int dice = random.nextInt(100);
        if (dice < 55) {
            outpatient(now, person(now));
        } else if (dice < 90) {
            inpatient(now, person(now));
        } else if (dice < 96) {
            Person person = newcomer(now);
            at(now, "A28", person, header -> writer.person(header, person));
            at(now.plusMinutes(minutes(5, 200)), "A31", person, header -> {
                person.move(draw);
                return writer.person(header, person);
            });
        } else {
            merge(now);
        }
    }

    private void outpatient(LocalDateTime now, Person person) {
        Visit visit = visit(person, "O");
        visit.admitted = now;
        admission(now, "A04", visit);
        LocalDateTime then = results(now, visit, random.nextInt(3));
        if (random.nextInt(100) < 20) {
            then = then.plusMinutes(minutes(1, 30));
            update(then, visit);
        }
        if (random.nextInt(100) < 8) {
            then = then.plusMinutes(minutes(10, 60));
            LocalDateTime stays = then;
            event(stays, "A06", visit, () -> {
                visit.patientClass = "I";
                visit.admitted = stays;
                visit.ward = Lists.pick(draw.lists().wards, random);
            });
            discharge(then.plusMinutes(minutes(60, 600)), visit);
        } else {
            leave(then, visit);
        }
    }

    private void inpatient(LocalDateTime now, Person person) {
        Visit visit = visit(person, "I");
        LocalDateTime then = now;
        if (random.nextInt(100) < 15) {
            admission(then, "A05", visit);
            then = then.plusMinutes(minutes(30, 240));
        }
        LocalDateTime admitted = then;
        event(admitted, "A01", visit, () -> visit.admitted = admitted);
        if (random.nextInt(100) < 4) {
            then = then.plusMinutes(minutes(1, 15));
            admission(then, "A11", visit);
            leave(then, visit);
            return;
        }
        then = results(then, visit, 1 + random.nextInt(3));
        if (random.nextInt(100) < 40) {
            then = transfer(then.plusMinutes(minutes(20, 200)), visit);
        }
        if (random.nextInt(100) < 50) {
            then = then.plusMinutes(minutes(5, 100));
            update(then, visit);
        }
        discharge(then.plusMinutes(minutes(60, 900)), visit);
    }

    private LocalDateTime transfer(LocalDateTime then, Visit visit) {
        event(then, "A02", visit, () -> {
            visit.priorWard = visit.ward;
            visit.priorBed = visit.bed;
            visit.ward = Lists.pick(draw.lists().wards, random);
            visit.bed = random.nextInt(80);
        });
        if (random.nextInt(100) >= 10) {
            return then;
        }
        LocalDateTime cancelled = then.plusMinutes(minutes(1, 20));
        event(cancelled, "A12", visit, () -> {
            visit.ward = visit.priorWard;
            visit.bed = visit.priorBed;
            visit.priorWard = null;
        });
        return cancelled;
    }

    private void discharge(LocalDateTime left, Visit visit) {
        event(left, "A03", visit, () -> visit.discharged = left);
        if (random.nextInt(100) >= 5) {
            leave(left, visit);
            return;
        }
        event(left.plusMinutes(minutes(1, 10)), "A13", visit, () -> visit.discharged = null);
        LocalDateTime again = left.plusMinutes(minutes(20, 90));
        event(again, "A03", visit, () -> visit.discharged = again);
        leave(again, visit);
    }

    /** Registers somebody unknown, whose record is later merged into the one they turn out to have. */
    private void merge(LocalDateTime now) {
        Person kept = person(now);
        Person prior = kept.secondRecord(Person.recordNumber(settings.hospital().facility(), ++people));
        Visit visit = visit(prior, "E");
        visit.admitted = now;
        kept.busy = true;
        at(now, "A04", kept, header -> writer.admission(header, visit));
        LocalDateTime then = now.plusMinutes(minutes(5, 60));
        at(then, "A28", kept, header -> writer.person(header, kept));
        at(then.plusMinutes(minutes(1, 30)), "A40", kept, header -> {
            kept.busy = false;
            return writer.merge(header, kept, prior);
        });
    }

    private LocalDateTime results(LocalDateTime now, Visit visit, int count) {
        LocalDateTime then = now;
        for (int i = 0; i < count; i++) {
            then = then.plusMinutes(minutes(41, 180));
            List<String[]> panel = Lists.pick(draw.lists().panels, random);
            at(then, "R01", visit.person, header -> writer.result(header, visit, panel, random));
        }
        return then;
    }

    private void update(LocalDateTime then, Visit visit) {
        event(then, "A08", visit, () -> visit.person.move(draw));
    }

    private void admission(LocalDateTime time, String type, Visit visit) {
        event(time, type, visit, () -> {});
    }

    private void event(LocalDateTime time, String type, Visit visit, Runnable change) {
        at(time, type, visit.person, header -> {
            change.run();
            return writer.admission(header, visit);
        });
    }

    private void at(LocalDateTime time, String type, Person person, Script script) {
        queue.add(new Event(time, ++events, type, person, script));
    }

    /** Frees a person for another visit, once the played time has passed the end of this one. */
    private void leave(LocalDateTime then, Visit visit) {
        visit.person.freeFrom = then;
    }

    private Visit visit(Person person, String patientClass) {
        Visit visit = new Visit(
                person,
                settings.hospital().name() + String.format("%09d", ++visits),
                Lists.pick(draw.lists().diagnoses, random));
        visit.patientClass = patientClass;
        visit.ward = Lists.pick(draw.lists().wards, random);
        visit.bed = random.nextInt(80);
        return visit;
    }

    private Person person(LocalDateTime now) {
        if (!known.isEmpty() && random.nextInt(100) < 20) {
            Person again = Lists.pick(known, random);
            if (!again.busy && again.freeFrom.isBefore(now)) {
                return again;
            }
        }
        return newcomer(now);
    }

    private Person newcomer(LocalDateTime now) {
        Person person = new Person(settings.hospital().facility(), ++people, now.toLocalDate(), draw);
        // Whoever is not given an end of stay here has few and near events.
        person.freeFrom = now.plusDays(1);
        if (known.size() < REMEMBERED) {
            known.add(person);
        } else {
            known.set(random.nextInt(REMEMBERED), person);
        }
        return person;
    }

    private int minutes(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }
}
