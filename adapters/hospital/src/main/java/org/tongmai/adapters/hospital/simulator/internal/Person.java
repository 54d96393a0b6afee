package org.tongmai.adapters.hospital.simulator.internal;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.SplittableRandom;
import org.tongmai.adapters.hospital.simulator.IdentityNumber;

/** An invented person as one hospital knows them. */
final class Person {
    private static final int OLDEST_DAYS = 95 * 365;

    final String key;
    final String recordNumber;
    final String[] surname;
    final String[] givenName;
    final LocalDate birth;
    final String sex;
    final String identityNumber;
    final String insuranceNumber;
    final String[] relativeName;
    String address;
    String phone;
    boolean busy;
    LocalDateTime freeFrom = LocalDateTime.MIN;

    Person(String facility, long number, LocalDate today, Draw draw) {
        SplittableRandom random = draw.random();
        Lists lists = draw.lists();
        key = facility + "-" + number;
        recordNumber = recordNumber(facility, number);
        surname = Lists.pick(lists.surnames, random);
        givenName = Lists.pick(lists.givenNames, random);
        relativeName = Lists.pick(lists.givenNames, random);
        birth = today.minusDays(random.nextInt(OLDEST_DAYS));
        int serial = random.nextInt(1000);
        sex = serial % 2 == 1 ? "M" : "F";
        identityNumber = IdentityNumber.of(Lists.pick(lists.streets, random)[2], birth, serial);
        insuranceNumber = "T" + String.format("%08d", random.nextInt(100_000_000));
        move(draw);
    }

    /** Two hospitals never give the same number, so that a number alone says whose it is. */
    static String recordNumber(String facility, long number) {
        return facility.charAt(facility.length() - 1) + String.format("%08d", number);
    }

    private Person(Person known, String recordNumber) {
        key = known.key;
        this.recordNumber = recordNumber;
        surname = known.surname;
        givenName = known.givenName;
        relativeName = known.relativeName;
        birth = known.birth;
        sex = known.sex;
        identityNumber = "";
        insuranceNumber = "";
        address = known.address;
        phone = known.phone;
    }

    /** Makes a second record of this person, without an identity number, as an emergency department does. */
    Person secondRecord(String newRecordNumber) {
        return new Person(this, newRecordNumber);
    }

    /** Gives a new address and telephone number. */
    void move(Draw draw) {
        SplittableRandom random = draw.random();
        String[] street = Lists.pick(draw.lists().streets, random);
        address = street[0] + (1 + random.nextInt(999)) + "号" + (1 + random.nextInt(30)) + "室^" + street[1] + "^上海市^上海^"
                + street[3] + "^CHN^H";
        phone = "1990000" + String.format("%04d", random.nextInt(10_000));
    }

    /** Where random people come from. */
    record Draw(Lists lists, SplittableRandom random) {}
}
