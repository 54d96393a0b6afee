package org.tongmai.adapters.files;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** An FTP server that opens the connection for a file, and then does not do what it should. */
final class StuckFtpServer implements AutoCloseable {
    /** After it said that it takes the file. */
    enum Then {
        DOES_NOT_READ,
        /** Says a character a time, and never that it has it. */
        DRIPS
    }

    /** Asked for the file. */
    final CountDownLatch asked = new CountDownLatch(1);

    private final Then then;
    private final ServerSocket listening;
    private final ServerSocket files;
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    StuckFtpServer(Then then) throws IOException {
        this.then = then;
        listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        files = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "stuck-ftp");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return listening.getLocalPort();
    }

    private void serve() {
        while (!listening.isClosed()) {
            try (Socket control = kept(listening.accept())) {
                converse(control);
            } catch (IOException left) {
                continue; // the client closed it, which is what tests wait for
            }
        }
    }

    private Socket kept(Socket socket) {
        open.add(socket);
        return socket;
    }

    private void converse(Socket control) throws IOException {
        BufferedReader commands =
                new BufferedReader(new InputStreamReader(control.getInputStream(), StandardCharsets.UTF_8));
        say(control, "220 ready");
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            switch (line.substring(0, 4).strip().toUpperCase(Locale.ROOT)) {
                case "USER" -> say(control, "331 and the password?");
                case "PASS" -> say(control, "230 welcome");
                case "PASV" ->
                    say(
                            control,
                            "227 at (127,0,0,1," + files.getLocalPort() / 256 + ',' + files.getLocalPort() % 256 + ')');
                case "STOR" -> {
                    Socket file = kept(files.accept());
                    say(control, "150 go on");
                    asked.countDown();
                    if (then == Then.DRIPS) {
                        file.getInputStream().readAllBytes();
                        drip(control);
                    }
                }
                default -> say(control, "250 done");
            }
        }
    }

    private void drip(Socket control) throws IOException {
        while (true) {
            control.getOutputStream().write('2');
            try {
                TimeUnit.MILLISECONDS.sleep(50);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
    }

    private static void say(Socket control, String line) throws IOException {
        OutputStream out = control.getOutputStream();
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        files.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
