package org.tongmai.benchmarks.patientindex;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.tongmai.adapters.hospital.simulator.IdentityNumber;

/**
 * Invents people. The person of a number is always the same for a seed, so nothing needs to be kept in memory. Surnames
 * are as frequent as in China; three people live in a dwelling on average and share it.
 */
final class SyntheticPeople {
    private static final int HOUSEHOLD = 3;
    private static final int DAYS = 95 * 365;
    private static final LocalDate OLDEST = LocalDate.of(1930, 1, 1);
    private static final String[] DIVISIONS = {
        "310101", "310104", "310105", "310106", "310107", "310109", "310110", "310112", "310113", "310114", "310115",
        "320508", "330106", "340104", "110105", "420106", "510104", "440304"
    };
    private static final String[] DISTRICTS = {"黄浦区", "徐汇区", "长宁区", "静安区", "普陀区", "虹口区", "杨浦区", "闵行区", "宝山区"};
    private static final String[] ROADS = {
        "健康路", "人民路", "中山路", "延安路", "解放路", "建设路", "和平路", "新华路", "长江路", "黄河路", "北京路", "南京路", "淮海路", "复兴路"
    };

    private final List<Syllable> surnames = new ArrayList<>();
    private final List<Syllable> given = new ArrayList<>();
    private final long seed;
    private int surnameWeight;

    /** A surname or a character of a given name: as it is, traditional, in pinyin, and one that sounds alike. */
    record Syllable(String text, String traditional, String pinyin, String alike, int weight) {}

    SyntheticPeople(long seed) {
        this.seed = seed;
        try (InputStream in = SyntheticPeople.class.getResourceAsStream("names.csv")) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .forEach(this::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read(String line) {
        String[] cells = line.split(",");
        Syllable syllable = new Syllable(cells[1], cells[2], cells[3], cells[4], Integer.parseInt(cells[5]));
        if (cells[0].equals("surname")) {
            surnames.add(syllable);
            surnameWeight += syllable.weight();
        } else {
            given.add(syllable);
        }
    }

    SplittableRandom random(long number) {
        return new SplittableRandom(seed * 0x9E3779B97F4A7C15L ^ number * 0xD1B54A32D192ED03L);
    }

    /** The person of a number, 0 and up. */
    SyntheticPerson person(long number) {
        SplittableRandom random = random(number);
        SplittableRandom household = random(-1 - number / HOUSEHOLD);
        LocalDate birth = OLDEST.plusDays(random.nextInt(DAYS));
        boolean male = random.nextBoolean();
        StringBuilder name =
                new StringBuilder(given.get(random.nextInt(given.size())).text());
        if (random.nextInt(100) < 82) {
            name.append(given.get(random.nextInt(given.size())).text());
        }
        int serial = random.nextInt(500) * 2 + (male ? 1 : 0);
        String division = DIVISIONS[random.nextInt(DIVISIONS.length)];
        return new SyntheticPerson(
                surname(random).text(),
                name.toString(),
                birth,
                male ? "male" : "female",
                phone(random),
                address(household),
                IdentityNumber.of(division, birth, serial));
    }

    Syllable surname(SplittableRandom random) {
        int at = random.nextInt(surnameWeight);
        for (Syllable each : surnames) {
            at -= each.weight();
            if (at < 0) {
                return each;
            }
        }
        throw new IllegalStateException("the weights add up");
    }

    Syllable givenCharacter(SplittableRandom random) {
        return given.get(random.nextInt(given.size()));
    }

    Syllable syllable(String text) {
        for (List<Syllable> list : List.of(surnames, given)) {
            for (Syllable each : list) {
                if (each.text().equals(text)) {
                    return each;
                }
            }
        }
        throw new IllegalArgumentException("not one of ours");
    }

    static String phone(SplittableRandom random) {
        return "1" + (3 + random.nextInt(7)) + String.format("%09d", random.nextInt(1_000_000_000));
    }

    static String address(SplittableRandom random) {
        return "上海市" + DISTRICTS[random.nextInt(DISTRICTS.length)] + ROADS[random.nextInt(ROADS.length)]
                + (1 + random.nextInt(1999)) + "弄" + (1 + random.nextInt(60)) + "号" + (1 + random.nextInt(20))
                + String.format("%02d", 1 + random.nextInt(6)) + "室";
    }
}
