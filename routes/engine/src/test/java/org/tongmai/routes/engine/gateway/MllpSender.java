package org.tongmai.routes.engine.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/** A sender of HL7 v2 made of a plain socket, to see every byte. */
final class MllpSender {
    private MllpSender() {}

    static String send(int port, byte[] message) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            frame(socket.getOutputStream(), message);
            return answer(socket);
        }
    }

    static void frame(OutputStream out, byte[] message) throws IOException {
        out.write(0x0B);
        out.write(message);
        out.write(new byte[] {0x1C, '\r'});
        out.flush();
    }

    static String answer(Socket socket) throws IOException {
        socket.setSoTimeout(20_000);
        StringBuilder text = new StringBuilder();
        InputStream in = socket.getInputStream();
        for (int read = in.read(); read >= 0 && read != 0x1C; read = in.read()) {
            text.append((char) read);
        }
        in.read();
        return text.toString();
    }

    static String message(String controlId) {
        return "MSH|^~\\&|HIS|HOSP|TM|CITY|20260301120000||ADT^A01^ADT_A01|" + controlId + "|P|2.5\r"
                + "EVN|A01|20260301120000\rPID|1||P1^^^HOSP||王^小明\rPV1|1|I";
    }
}
