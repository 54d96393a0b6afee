package org.tongmai.console.app;

import org.tongmai.standards.error.ErrorCode;
import org.tongmai.standards.error.ErrorFacts;
import org.tongmai.standards.error.Severity;
import org.tongmai.standards.error.Wire;

/** What can keep the application from starting. None of these ever reaches a sender. */
public enum AppError implements ErrorCode {
    SETTINGS_INVALID("TM-APP-0001", "The settings are not valid"),
    DATA_DIRECTORY_IN_USE("TM-APP-0002", "The data directory is in use by another running instance"),
    PORT_IN_USE("TM-APP-0003", "A port the platform is to listen on is in use"),
    DATABASE_NOT_STARTED("TM-APP-0004", "The embedded PostgreSQL did not start"),
    DATABASE_NOT_UNPACKED("TM-APP-0005", "The embedded PostgreSQL could not be unpacked"),
    ROOT_NOT_POSSIBLE("TM-APP-0006", "The embedded PostgreSQL can not run as root on this machine"),
    BROKER_NOT_STARTED("TM-APP-0007", "The embedded broker did not start"),
    DATA_DIRECTORY_NOT_WRITABLE("TM-APP-0008", "The data directory can not be written"),
    SECRET_NOT_READABLE("TM-APP-0009", "A secret file can not be read"),
    SAMPLE_NOT_STARTED("TM-APP-0010", "A part of the sample set-up did not start"),
    BUNDLES_NOT_FOUND("TM-APP-0011", "The folder of route bundles is not there"),
    MACHINE_FAILED("TM-APP-0012", "The Java virtual machine failed; the process ends with status 70"),
    DATABASE_ENDED("TM-APP-0013", "The embedded PostgreSQL ended by itself; it is started again"),
    BROKER_ENDED("TM-APP-0014", "The embedded broker ended by itself; it is started again"),
    DATABASE_NOT_USABLE("TM-APP-0015", "Your own PostgreSQL can not be used"),
    THREAD_ENDED("TM-APP-0016", "A thread ended for an unforeseen reason"),
    GATEWAY_NOT_OPENED("TM-APP-0017", "A gateway could not be opened");

    private final ErrorFacts facts;

    AppError(String code, String summary) {
        this.facts = new ErrorFacts(code, summary, Severity.FATAL, false, new Wire("AE", 207, 500, "exception"));
    }

    @Override
    public ErrorFacts facts() {
        return facts;
    }
}
