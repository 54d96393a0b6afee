package org.tongmai.benchmarks.patientindex;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.tongmai.adapters.hospital.simulator.IdentityNumber;

/** How a second hospital writes somebody: the same person with an error, or somebody else who looks like it. */
enum PlantedCase {
    SAME_NUMBER(Truth.SAME, (p, w) -> p.phoned(SyntheticPeople.phone(w.random))),
    NUMBER_AND_TRADITIONAL(Truth.SAME, (p, w) -> w.traditional(p)),
    NUMBER_AND_PINYIN(Truth.SAME, (p, w) -> w.pinyin(p)),
    NO_NUMBER(Truth.SAME, (p, w) -> p.numbered("")),
    NO_NUMBER_TRADITIONAL(Truth.SAME, (p, w) -> w.traditional(p).numbered("")),
    NO_NUMBER_PINYIN(Truth.SAME, (p, w) -> w.pinyin(p).numbered("")),
    NO_NUMBER_SOUNDS_ALIKE(Truth.SAME, (p, w) -> w.alike(p).numbered("")),
    NO_NUMBER_NEW_PHONE(Truth.SAME, (p, w) -> p.numbered("").phoned(SyntheticPeople.phone(w.random))),
    NO_NUMBER_MOVED(Truth.SAME, (p, w) -> p.numbered("").living(SyntheticPeople.address(w.random))),
    NO_NUMBER_SHORT_ADDRESS_NO_PHONE(
            Truth.SAME, (p, w) -> p.numbered("").phoned("").living(p.address().substring(6))),
    NO_NUMBER_NO_PHONE_NO_ADDRESS(
            Truth.SAME, (p, w) -> p.numbered("").phoned("").living("")),
    DAY_AND_MONTH_SWAPPED(Truth.SAME, (p, w) -> w.swapped(p).numbered("")),
    BIRTH_DATE_SLIP(Truth.SAME, (p, w) -> w.otherDay(p).numbered("")),
    PHONE_SLIP(Truth.SAME, (p, w) -> p.numbered("").living("").phoned(w.slip(p.phone(), 10))),
    NUMBER_SLIP(Truth.SAME, (p, w) -> p.numbered(w.slip(p.number(), 16))),
    NUMBER_OF_FIFTEEN(
            Truth.SAME,
            (p, w) -> p.birth().getYear() < 2000
                    ? p.numbered(p.number().substring(0, 6) + p.number().substring(8, 17))
                            .phoned("")
                    : p.phoned("")),
    TWIN_WITH_NUMBER(Truth.OTHER, (p, w) -> w.sibling(p).numbered(w.numberOf(p))),
    TWIN_WITHOUT_NUMBER(Truth.OTHER, (p, w) -> w.sibling(p).numbered("")),
    SPOUSE(
            Truth.OTHER,
            (p, w) -> w.stranger(p).sex(w.otherSex(p)).born(w.days(p, 700)).numbered("")),
    CHILD(Truth.OTHER, (p, w) -> w.sibling(p).born(w.days(p, 9000)).numbered("")),
    NAMESAKE(Truth.OTHER, (p, w) -> p.born(w.days(p, 3000))
            .numbered("")
            .phoned(SyntheticPeople.phone(w.random))
            .living(SyntheticPeople.address(w.random))),
    NAMESAKE_OF_ONE_DAY(Truth.OTHER, (p, w) -> p.numbered(w.numberOf(p))
            .phoned(SyntheticPeople.phone(w.random))
            .living(SyntheticPeople.address(w.random))),
    NEWBORN(
            Truth.OTHER,
            (p, w) -> p.named(p.family(), p.given() + "之子").sex("male").born(LocalDate.of(2026, 10, 1))),
    SOMEBODY_ELSE(Truth.OTHER, (p, w) -> w.stranger(p)
            .born(w.days(p, 5000))
            .numbered("")
            .phoned(SyntheticPeople.phone(w.random))
            .living(SyntheticPeople.address(w.random)));

    final Truth truth;
    private final Change change;

    PlantedCase(Truth truth, Change change) {
        this.truth = truth;
        this.change = change;
    }

    /** Whether it is the same person. */
    enum Truth {
        SAME,
        OTHER
    }

    /** Makes the second record. */
    private interface Change {
        SyntheticPerson of(SyntheticPerson person, Writer writer);
    }

    SyntheticPerson of(SyntheticPerson person, SyntheticPeople people, SplittableRandom random) {
        return change.of(person, new Writer(people, random));
    }

    /** Writes somebody otherwise. */
    private record Writer(SyntheticPeople people, SplittableRandom random) {
        SyntheticPerson traditional(SyntheticPerson p) {
            return p.named(
                    people.syllable(p.family()).traditional(), each(p.given(), SyntheticPeople.Syllable::traditional));
        }

        SyntheticPerson pinyin(SyntheticPerson p) {
            return p.named(people.syllable(p.family()).pinyin(), each(p.given(), SyntheticPeople.Syllable::pinyin));
        }

        /** One character of the given name by one that sounds alike, where there is one. */
        SyntheticPerson alike(SyntheticPerson p) {
            for (int i = p.given().length() - 1; i >= 0; i--) {
                String alike = people.syllable(p.given().substring(i, i + 1)).alike();
                if (!alike.isEmpty()) {
                    return p.named(
                            p.family(),
                            p.given().substring(0, i) + alike + p.given().substring(i + 1));
                }
            }
            return p;
        }

        private String each(String text, java.util.function.Function<SyntheticPeople.Syllable, String> form) {
            return text.chars()
                    .mapToObj(c -> form.apply(people.syllable(String.valueOf((char) c))))
                    .collect(Collectors.joining());
        }

        SyntheticPerson swapped(SyntheticPerson p) {
            try {
                return p.born(LocalDate.of(
                        p.birth().getYear(),
                        p.birth().getDayOfMonth(),
                        p.birth().getMonthValue()));
            } catch (DateTimeException e) {
                return otherDay(p);
            }
        }

        /** The last digit of the day becomes another. */
        SyntheticPerson otherDay(SyntheticPerson p) {
            int day = p.birth().getDayOfMonth();
            return p.born(p.birth()
                    .withDayOfMonth(day % 10 == 9 ? day - 1 : day / 10 * 10 + 9 > 28 ? 21 : day / 10 * 10 + 9));
        }

        String slip(String digits, int at) {
            char other = (char) ('0' + (digits.charAt(at) - '0' + 1 + random.nextInt(8)) % 10);
            return digits.substring(0, at) + other + digits.substring(at + 1);
        }

        /** The same surname, dwelling, telephone and sex, another given name that may share a character. */
        SyntheticPerson sibling(SyntheticPerson p) {
            String first = p.given().substring(0, 1);
            String second;
            do {
                second = people.givenCharacter(random).text();
            } while (p.given().endsWith(second)
                    || p.given().length() > 1
                            && people.syllable(second)
                                    .pinyin()
                                    .equals(people.syllable(p.given().substring(1))
                                            .pinyin()));
            return p.named(p.family(), first + second);
        }

        SyntheticPerson stranger(SyntheticPerson p) {
            String given = people.givenCharacter(random).text()
                    + people.givenCharacter(random).text();
            return p.named(people.surname(random).text(), given + (given.equals(p.given()) ? "甲" : ""));
        }

        String otherSex(SyntheticPerson p) {
            return p.gender().equals("male") ? "female" : "male";
        }

        LocalDate days(SyntheticPerson p, int most) {
            return p.birth().minusDays(40 + random.nextInt(most));
        }

        /** A valid number of the same region and day, never the person's own. */
        String numberOf(SyntheticPerson p) {
            int own = Integer.parseInt(p.number().substring(14, 17));
            return IdentityNumber.of(p.number().substring(0, 6), p.birth(), (own + 2) % 1000);
        }
    }
}
