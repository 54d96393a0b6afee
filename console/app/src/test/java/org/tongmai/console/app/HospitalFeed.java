package org.tongmai.console.app;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;

/**
 * One hospital connection that never gives a message up: pipelines, and after a broken connection sends everything not
 * yet acknowledged again, the same bytes in the same order. Each patient belongs to one feed, so the order of the feed
 * is the order of the patient. With few patients at once several messages of a patient are in flight together, as many
 * as the window holds.
 */
final class HospitalFeed implements Runnable {
    private static final int WINDOW = 24;
    private static final int MESSAGES_A_PATIENT = 25;

    private final String name;
    private final int messages;
    private final Sends sends;
    private final int patientsAtOnce;
    private final IntSupplier port;
    private final AtomicLong acknowledgedTotal;
    private final Map<String, String> acknowledged = new HashMap<>();
    private final List<String> refused = new ArrayList<>();
    private int nextNumber;

    /** What a feed is of. */
    enum Sends {
        /** Each message moves its patient: the address says which one it was. */
        ADMISSIONS,
        RESULTS
    }

    /**
     * What a feed sends.
     *
     * @param name unique; control ids and patients begin with it
     * @param sends of what kind
     * @param messages how many
     * @param patientsAtOnce whose messages alternate, until each has had its 25
     */
    record Plan(String name, Sends sends, int messages, int patientsAtOnce) {}

    HospitalFeed(Plan plan, IntSupplier port, AtomicLong acknowledgedTotal) {
        this.name = plan.name();
        this.messages = plan.messages();
        this.sends = plan.sends();
        this.patientsAtOnce = plan.patientsAtOnce();
        this.port = port;
        this.acknowledgedTotal = acknowledgedTotal;
    }

    /** Control ids that were acknowledged with AA, with their patient. */
    Map<String, String> acknowledged() {
        return acknowledged;
    }

    List<String> refused() {
        return refused;
    }

    @Override
    public void run() {
        Deque<Integer> open = new ArrayDeque<>();
        while (!Thread.currentThread().isInterrupted() && (nextNumber < messages || !open.isEmpty())) {
            try (MllpSocket socket = new MllpSocket(port.getAsInt())) {
                Deque<Integer> again = new ArrayDeque<>(open);
                open.clear();
                while (!again.isEmpty() || nextNumber < messages || !open.isEmpty()) {
                    while (open.size() < WINDOW && (!again.isEmpty() || nextNumber < messages)) {
                        int number = again.isEmpty() ? nextNumber++ : again.poll();
                        open.add(number);
                        socket.writeRaw(MllpSocket.frame(message(number)));
                    }
                    byte[] answer = socket.readFrame();
                    if (answer == null) {
                        throw new IOException("closed");
                    }
                    if (!take(open, answer)) {
                        open.addAll(again);
                        throw new IOException("refused for now");
                    }
                }
            } catch (SocketTimeoutException e) {
                throw new IllegalStateException(name + ": no acknowledgement in time", e);
            } catch (IOException e) {
                pause();
            }
        }
    }

    /** Says whether the feed may go on; a temporary refusal breaks the connection, so that order is kept. */
    private boolean take(Deque<Integer> open, byte[] answer) {
        String controlId = MllpSocket.field(answer, "MSA", 2);
        String expected = controlId(open.peek());
        if (!expected.equals(controlId)) {
            throw new IllegalStateException(name + ": acknowledged " + controlId + ", expected " + expected);
        }
        String code = MllpSocket.code(answer);
        if (code.equals("AA")) {
            acknowledged.put(controlId, patient(open.poll()));
            acknowledgedTotal.incrementAndGet();
            return true;
        }
        if (code.equals("AE")) {
            return false;
        }
        refused.add(code + " " + MllpSocket.field(answer, "ERR", 5));
        open.poll();
        return true;
    }

    /** What the control ids of this feed, and of no other, begin with. */
    String controlIdPrefix() {
        return name + "-";
    }

    private String controlId(int number) {
        return controlIdPrefix() + number;
    }

    Sends sends() {
        return sends;
    }

    private String patient(int number) {
        int ward = number / (patientsAtOnce * MESSAGES_A_PATIENT);
        return name + "P" + (ward * patientsAtOnce + number % patientsAtOnce);
    }

    private byte[] message(int number) {
        return (sends == Sends.RESULTS ? result(number) : admission(number)).getBytes(StandardCharsets.UTF_8);
    }

    private String result(int number) {
        return String.join(
                "\r",
                "MSH|^~\\&|LIS|" + name + "|TONGMAI|CITY|20261120081500||ORU^R01|" + controlId(number)
                        + "|P|2.5.1|||||CHN|UNICODE UTF-8",
                "PID|1||" + patient(number) + "^^^" + name + "^MR||测试^乙||19800101|F",
                "OBR|1||R" + number + "^" + name
                        + "|2345-7^Glucose^LN|||20261120080000|||||||||||||||20261120081500||LAB|F",
                "OBX|1|NM|2345-7^Glucose^LN||" + number + "|mg/dL^mg/dL^UCUM|||||F|||20261120080000",
                "");
    }

    private String admission(int number) {
        boolean first = number % (patientsAtOnce * MESSAGES_A_PATIENT) < patientsAtOnce;
        String trigger = first ? "A01" : "A08";
        return String.join(
                "\r",
                "MSH|^~\\&|HIS|" + name + "|TONGMAI|CITY|20261120081500||ADT^" + trigger + "|" + controlId(number)
                        + "|P|2.5.1|||||CHN|UNICODE UTF-8",
                "EVN|" + trigger + "|20261120081500",
                "PID|1||" + patient(number) + "^^^" + name + "^MR||测试^甲||19800101|F|||序号" + number + "^^上海市^^200000",
                "PV1|1|I|W1^101^" + (number % 40) + "^" + name + "||||D100^主治^医||||||||||||V" + patient(number) + "^^^"
                        + name + "|||||||||||||||||||||||||20261120080000",
                "");
    }

    private static void pause() {
        try {
            synchronized (HospitalFeed.class) {
                HospitalFeed.class.wait(200);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
