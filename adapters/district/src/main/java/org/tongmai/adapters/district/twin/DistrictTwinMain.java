package org.tongmai.adapters.district.twin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** Starts a district twin from the command line and runs until it is stopped. */
@CommandLine.Command(
        name = "district-twin",
        mixinStandardHelpOptions = true,
        description = "Imitates a district platform's SFTP server; keeps a ledger of what it receives.")
public final class DistrictTwinMain implements Callable<Integer> {
    @Option(names = "--folder", required = true, description = "Where the twin keeps its key, inbox and ledger.")
    private Path folder;

    @Option(names = "--host", defaultValue = "127.0.0.1", description = "Address to listen on (${DEFAULT-VALUE}).")
    private String host;

    @Option(
            names = "--port",
            defaultValue = "2222",
            description = "Port to listen on, 0 for a free one (${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--user", required = true, description = "Name of the one account.")
    private String user;

    @Option(names = "--password-file", required = true, description = "File whose first line is the password.")
    private Path passwordFile;

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new DistrictTwinMain()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        String password = Files.readAllLines(passwordFile).stream().findFirst().orElse("");
        DistrictTwinSettings.Login login = new DistrictTwinSettings.Login(user, password);
        try (DistrictTwin twin = DistrictTwin.start(new DistrictTwinSettings(folder, host, port, login))) {
            CountDownLatch stopped = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(stopped::countDown, "district-twin-stop"));
            System.out.println("district twin on " + host + ":" + twin.port() + ", files in " + twin.inboxFolder());
            stopped.await();
        }
        return 0;
    }
}
