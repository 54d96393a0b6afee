package org.tongmai.adapters.hospital.simulator.internal;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.tongmai.adapters.hospital.simulator.Hospital;

/** Writes messages of HL7 2.5.1 with the segments a Chinese hospital sends. */
final class MessageWriter {
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;
    private static final String ZONE = "+0800";

    private final Hospital hospital;
    private final StringBuilder text = new StringBuilder(2048);

    MessageWriter(Hospital hospital) {
        this.hospital = hospital;
    }

    /** What all messages share. */
    record Header(String controlId, String event, LocalDateTime time) {}

    byte[] admission(Header header, Visit visit) {
        begin("ADT", structure(header.event()), header);
        event(header);
        patient(visit.person);
        relative(visit.person);
        visit(visit);
        segment("PV2", "", "", visit.diagnosis[0] + "^" + visit.diagnosis[1] + "^I10");
        diagnosis(visit, header.time());
        insurance(visit.person);
        return end();
    }

    byte[] person(Header header, Person person) {
        begin("ADT", "ADT_A05", header);
        event(header);
        patient(person);
        relative(person);
        segment("PV1", "1", "N");
        insurance(person);
        return end();
    }

    byte[] merge(Header header, Person kept, Person prior) {
        begin("ADT", "ADT_A39", header);
        event(header);
        patient(kept);
        segment("MRG", recordNumber(prior), "", "", "", "", "", prior.surname[0] + "^" + prior.givenName[0]);
        return end();
    }

    byte[] result(Header header, Visit visit, List<String[]> panel, SplittableRandom random) {
        begin("ORU", "ORU_R01", header);
        patient(visit.person);
        visit(visit);
        visit.results++;
        String order = visit.number + "-" + visit.results;
        String[] first = panel.get(0);
        String code = first[0] + "^" + first[1] + "^LN^" + first[2] + "^" + first[3] + "^L";
        String sampled = time(header.time().minusMinutes(40));
        segment("ORC", "RE", order, "L" + order, "", "CM");
        String[] request = empty(25);
        request[0] = "1";
        request[1] = order;
        request[2] = "L" + order;
        request[3] = code;
        request[6] = sampled;
        request[15] = doctor(visit);
        request[21] = time(header.time());
        request[23] = "LAB";
        request[24] = "F";
        segment("OBR", request);
        int number = 1;
        for (String[] row : panel) {
            observation(number++, row, random, sampled);
        }
        return end();
    }

    private void observation(int number, String[] row, SplittableRandom random, String sampled) {
        double low = Double.parseDouble(row[9]);
        double high = Double.parseDouble(row[10]);
        double value = low + (high - low) * (random.nextDouble() * 1.3 - 0.15);
        double shown = Math.max(0, Math.round(value * 1000) / 1000.0);
        String flag = shown < low ? "L" : shown > high ? "H" : "N";
        String code = row[4] + "^" + row[5] + "^LN^" + row[6] + "^" + row[7] + "^L";
        segment(
                "OBX",
                Integer.toString(number),
                "NM",
                code,
                "",
                Double.toString(shown),
                row[8] + "^" + row[8] + "^UCUM",
                row[9] + "-" + row[10],
                flag,
                "",
                "",
                "F",
                "",
                "",
                sampled);
    }

    private static String structure(String event) {
        return switch (event) {
            case "A01", "A04", "A08", "A13" -> "ADT_A01";
            case "A11" -> "ADT_A09";
            default -> "ADT_" + event;
        };
    }

    private void begin(String type, String structure, Header header) {
        text.setLength(0);
        text.append("MSH|^~\\&|")
                .append("ORU".equals(type) ? "LIS" : "HIS")
                .append('|')
                .append(hospital.facility());
        text.append("|TONGMAI|DISTRICT|")
                .append(time(header.time()))
                .append("||")
                .append(type)
                .append('^');
        text.append(header.event()).append('^').append(structure).append('|').append(header.controlId());
        text.append("|P|2.5.1|||||CHN|").append(hospital.charsetName()).append('\r');
    }

    private void event(Header header) {
        segment("EVN", header.event(), time(header.time()), "", "", "OP01^操作员^^^^^^^" + hospital.facility());
    }

    private void patient(Person p) {
        String name =
                p.surname[0] + "^" + p.givenName[0] + "^^^^^L^I~" + p.surname[1] + "^" + p.givenName[1] + "^^^^^L^A";
        String identity =
                p.identityNumber.isEmpty() ? "" : "~" + p.identityNumber + "^^^CN-ID&2.16.156.10011.1.3&ISO^NI";
        segment(
                "PID",
                "1",
                "",
                recordNumber(p) + identity,
                "",
                name,
                "",
                DAY.format(p.birth),
                p.sex,
                "",
                "",
                p.address,
                "",
                "^PRN^CP^^86^^" + p.phone,
                "",
                "",
                "M",
                "",
                "",
                "",
                "",
                "",
                "01^汉族^GB/T 3304");
    }

    private void relative(Person p) {
        segment(
                "NK1",
                "1",
                p.surname[0] + "^" + p.relativeName[0],
                "SPO^配偶^HL70063",
                p.address,
                "^PRN^CP^^86^^" + p.phone);
    }

    private void visit(Visit v) {
        String[] fields = empty(45);
        fields[0] = "1";
        fields[1] = v.patientClass;
        fields[2] = location(v.ward, v.bed);
        fields[3] = "R";
        fields[5] = v.priorWard == null ? "" : location(v.priorWard, v.priorBed);
        fields[6] = doctor(v);
        fields[9] = v.ward[0];
        fields[18] = v.number + "^^^" + hospital.facility() + "^VN";
        fields[43] = v.admitted == null ? "" : time(v.admitted);
        fields[44] = v.discharged == null ? "" : time(v.discharged);
        segment("PV1", fields);
    }

    private void diagnosis(Visit v, LocalDateTime now) {
        segment("DG1", "1", "", v.diagnosis[0] + "^" + v.diagnosis[1] + "^I10", "", time(v.diagnosed(now)), "A");
    }

    private void insurance(Person p) {
        segment(
                "IN1",
                "1",
                "310^职工基本医疗保险",
                "310000^^^NHSA",
                "上海市医疗保险",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                p.surname[0] + "^" + p.givenName[0],
                "SEL",
                DAY.format(p.birth),
                p.address,
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                "",
                p.insuranceNumber);
    }

    private String recordNumber(Person p) {
        return p.recordNumber + "^^^" + hospital.facility() + "^MR";
    }

    private String location(String[] ward, int bed) {
        return ward[0] + "^" + (100 + bed / 4) + "^" + (1 + bed % 4) + "^" + hospital.facility() + "^^N^^^" + ward[1];
    }

    private static String doctor(Visit v) {
        return "D" + v.ward[0] + "^示例^医生^^^主任医师";
    }

    private void segment(String name, String... fields) {
        text.append(name);
        int last = fields.length;
        while (last > 0 && fields[last - 1].isEmpty()) {
            last--;
        }
        for (int i = 0; i < last; i++) {
            text.append('|').append(fields[i]);
        }
        text.append('\r');
    }

    private byte[] end() {
        return text.toString().getBytes(hospital.charset());
    }

    private static String[] empty(int fields) {
        String[] values = new String[fields];
        Arrays.fill(values, "");
        return values;
    }

    private static String time(LocalDateTime time) {
        return SECOND.format(time) + ZONE;
    }
}
