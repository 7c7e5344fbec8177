"""Calls and the SIM: `dumpsys telephony.registry|telecom|isub|iphonesubinfo|carrier_config|phone`, `cmd telecom|phone`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from mobilegym.emulator.phone.shell.args import Args, dispatch
from mobilegym.emulator.phone.shell.process import Process
from mobilegym.emulator.phone.shell.state.facts import ICCID, IMEI, MCC_MNC

if TYPE_CHECKING:
    from mobilegym.emulator.phone.kernel.kernel import Kernel

__all__ = ["dump_carrier_config", "dump_iphonesubinfo", "dump_isub", "dump_phone", "dump_registry", "dump_telecom", "phone", "telecom"]

_STATES: Final = {"idle": 0, "ringing": 1, "dialing": 2, "active": 2}
_RADIO: Final = {"LTE": "14(LTE)", "5G": "20(NR)", "3G": "3(UMTS)", "2G": "1(GPRS)"}
_DIALER: Final = "com.google.android.dialer"


def _service_state(kernel: Kernel) -> str:
    hardware, sim = kernel.hardware, kernel.hardware.sim
    served = hardware.cellular and sim is not None
    reg = "0(IN_SERVICE)" if served else "3(POWER_OFF)" if hardware.airplane else "1(OUT_OF_SERVICE)"
    name = sim.carrier if served and sim is not None else "null"
    radio = _RADIO.get(sim.network, "14(LTE)") if served and sim is not None else "0(Unknown)"
    return (f"{{mVoiceRegState={reg}, mDataRegState={reg}, mChannelNumber={1 if served else -1}, duplexMode()={1 if served else 0}, "
            f"mCellBandwidths=[], mOperatorAlphaLong={name}, mOperatorAlphaShort={name}, isManualNetworkSelection=false(automatic), "
            f"getRilVoiceRadioTechnology={radio}, getRilDataRadioTechnology={radio}, mCssIndicator=unsupported, mNetworkId=-1, "
            "mSystemId=-1, "
            "mCdmaRoamingIndicator=-1, mCdmaDefaultRoamingIndicator=-1, mIsEmergencyOnly=false, isUsingCarrierAggregation=false, "
            "mArfcnRsrpBoost=0, mNetworkRegistrationInfos=[], mNrFrequencyRange=0, mOperatorAlphaLongRaw=null, "
            "mOperatorAlphaShortRaw=null, "
            "mIsDataRoamingFromRegistration=false, mIsIwlanPreferred=false}")  # fmt: skip


def dump_registry(p: Process) -> int:
    """`dumpsys telephony.registry`."""
    kernel = p.kernel
    call, hardware = kernel.telephony.call, kernel.hardware
    state = _STATES[call.phase]
    ringing, front, back = 5 if call.ringing else 0, int(call.active and not call.on_hold), 2 if call.active and call.on_hold else 0
    data = 2 if hardware.mobile_data and hardware.cellular and hardware.wifi() is None else 0
    level = hardware.sim.signal if hardware.sim is not None and hardware.cellular else 0
    p.out(f"""last known state:
  Phone Id=0
    mCallState={state}
    mRingingCallState={ringing}
    mForegroundCallState={front}
    mBackgroundCallState={back}
    mPreciseCallState=Ringing call state: {ringing}, Foreground call state: {front}, Background call state: {back}, Disconnect cause: -1, \
Precise disconnect cause: -1
    mCallDisconnectCause=-1
    mCallIncomingNumber={call.number if call.ringing else ""}
    mServiceState={_service_state(kernel)}
    mVoiceActivationState= 0
    mDataActivationState= 0
    mUserMobileDataState= {"true" if hardware.mobile_data else "false"}
    mSignalStrength=SignalStrength:{{mLte=CellSignalStrengthLte: rssi=-51 rsrp={-120 + 12 * level} rsrq=-10 rssnr=30 level={level},primary=CellSignalStrengthLte}}
    mMessageWaiting=false
    mCallForwarding=false
    mDataActivity=0
    mDataConnectionState={data}
    mCellIdentity=null
    mCellInfo=null
    mImsCallDisconnectCause=null
    mSrvccState=-1
    mCallPreciseDisconnectCause=-1
    mCallQuality=null
    mCallAttributes=null
    mCallNetworkType=0
    mPreciseDataConnectionStates={{}}
    mOutgoingEmergencyNumber=null
    mOutgoingSmsEmergencyNumber=null
    mBarringInfo=null
    mCarrierNetworkChangeState=false
  mPhoneCapability=PhoneCapability{{mMaxActiveVoiceSubscriptions=1, mMaxActiveDataSubscriptions=1}}
  mActiveDataSubId={1 if hardware.sim is not None else -1}
  mRadioPowerState={0 if hardware.airplane else 1}
  mDefaultSubId={1 if hardware.sim is not None else -1}
  mDefaultPhoneId=0
local logs:
listen logs:
registrations: count=1
  {{pkg=com.android.systemui uid=10050 pid=2107}}
""")  # noqa: E501 one line of the dump
    return 0


def _masked(number: str) -> str:
    return "*" * max(len(number) - 2, 0) + number[-2:]


def _call_line(kernel: Kernel) -> str:
    call = kernel.telephony.call
    state = "ON_HOLD" if call.active and call.on_hold else {"ringing": "RINGING", "dialing": "DIALING", "active": "ACTIVE"}[call.phase]
    can = "[ sup_hld mut !v2a spd_aud]" if call.ringing else "[ hld sup_hld mut !v2a spd_aud]"
    service = "ComponentInfo{com.android.phone/com.android.services.telephony.TelephonyConnectionService}"
    return (f"[Call id=TC@1, state={state}, tpac={service}, cmgr=null, handle=tel:{_masked(call.number)}, vidst=A, childs(0), "
            f"has_parent(false), cap={can}, prop=[]]")  # fmt: skip


def dump_telecom(p: Process) -> int:
    """`dumpsys telecom`."""
    kernel = p.kernel
    call = kernel.telephony.call
    line = _call_line(kernel) if call.phase != "idle" else ""
    front, ringing, dialing = (line if call.active else ""), (line if call.ringing else ""), (line if call.phase == "dialing" else "")
    p.out("CallsManager: \n  mCalls: \n" + (f"    {line}\n" if line else "") + "  mPendingCalls: \n  mCallAudioManager:\n    All calls:\n")
    p.out((f"      {line}\n" if line else "") + f"    Active dialing, or connecting call:\n      {dialing or 'null'}\n")
    p.out(f"    Ringing call:\n      {ringing or 'null'}\n    Foreground call:\n      {front or ringing or 'null'}\n")
    route = "SPEAKER" if call.speaker else "EARPIECE"
    p.out(f"  mCallAudioState: [AudioState isMuted: {'true' if call.muted else 'false'}, route: {route}]\n")
    p.out(f"  mTtyManager:\n    mCurrentTtyMode: 0\n  mInCallController:\n    mInCallServices (InCalls registered):\n"
          f"  mDefaultDialer: {_dialer(kernel)}\n")  # fmt: skip
    return 0


def dump_isub(p: Process) -> int:
    """`dumpsys isub`."""
    sim = p.kernel.hardware.sim
    p.out("SubscriptionManagerService:\n")
    if sim is None:
        p.out("All subscriptions:\n  \n")
        return 0
    p.out("  Active subscriptions:\n"
          f"    [SubscriptionInfoInternal: id=1 iccId={ICCID} simSlotIndex=0 portIndex=0 isEmbedded=0 carrierId=1 "
          f"displayName={sim.carrier} "
          f"carrierName={sim.carrier} nameSource=CARRIER_ID number={sim.number} mcc={MCC_MNC[:3]} mnc={MCC_MNC[3:]} countryIso=us]\n"
          "  defaultSubId=1\n  defaultVoiceSubId=1\n  defaultDataSubId=1\n  defaultSmsSubId=1\n")  # fmt: skip
    return 0


def dump_iphonesubinfo(p: Process) -> int:
    """`dumpsys iphonesubinfo`."""
    p.out(f"Phone Subscriber Info:\n  Phone Type = GSM\n  Device ID = {IMEI}\n")
    return 0


def dump_carrier_config(p: Process) -> int:
    """`dumpsys carrier_config`."""
    p.out("CarrierConfigLoader: \n  Phone Id = 0\n    Default Values from CarrierConfigManager : \n      volte_provisioned_bool = true\n")
    return 0


def dump_phone(p: Process) -> int:
    """`dumpsys phone`."""
    hardware = p.kernel.hardware
    p.out("------- PhoneGlobals -------\n mPrevRoamingNotification=0\n isSmsCapable=true\n"
          f" Phone state: {p.kernel.telephony.call.phase.upper()}\n"
          f" Data enabled: {'true' if hardware.mobile_data else 'false'}\n Service state: {_service_state(p.kernel)}\n")  # fmt: skip
    return 0


# ------------------------------------------------------------------ cmd telecom, cmd phone


def _dialer(kernel: Kernel) -> str:
    return kernel.settings.get("secure", "dialer_default_application") or _DIALER


def telecom(p: Process) -> int:
    """`cmd telecom ...`, also as the program `telecom`."""
    return dispatch(p, {
        "get-default-dialer": lambda p, args: p.out(f"{_dialer(p.kernel)}\n"), "get-system-dialer": lambda p, args: p.out(f"{_DIALER}\n"),
        "set-default-dialer": _set_dialer, "set-phone-account-enabled": _account, "set-phone-account-disabled": _account,
        "get-max-phones": lambda p, args: p.out("1\n"), "get-sim-config": lambda p, args: p.out("ss\n"), "register-phone-account": _account,
        "set-user-selected-outgoing-phone-account": _account, "unregister-phone-account": _account, "wait-on-handlers": _quiet,
        "reset-car-mode": _quiet, "cleanup-stuck-calls": _end_calls, "is-non-in-call-service-bound": lambda p, args: p.out("false\n"),
    }, "usage: telecom [subcommand] [options]\nusage: telecom set-phone-account-enabled <COMPONENT> <ID> <USER_SN>\n"
       "usage: telecom set-default-dialer <PACKAGE>\nusage: telecom get-default-dialer\nusage: telecom get-system-dialer\n"
       "usage: telecom get-max-phones\nusage: telecom get-sim-config\n")  # fmt: skip


def _quiet(p: Process, args: Args) -> None:
    del p
    args.rest()


def _end_calls(p: Process, args: Args) -> None:
    del args
    p.kernel.telephony.hang_up()


def _account(p: Process, args: Args) -> None:
    component = args.need()
    args.rest()
    what = "disabled" if p.args[0].endswith("disabled") else "enabled" if p.args[0].endswith("enabled") else "set"
    p.out(f"Success - {component} {what}.\n")


def _set_dialer(p: Process, args: Args) -> None:
    while args.option() is not None:
        pass
    package = args.need()
    if package in p.kernel.packages.names():
        p.kernel.settings.put("secure", "dialer_default_application", package)
        p.out(f"Package {package} set as default dialer.\n")
    else:
        p.out(f"Error - default dialer couldn't be set to {package}\n")


def phone(p: Process) -> int:
    """`cmd phone data|ims|cc|...`."""
    return dispatch(p, {
        "data": _data, "ims": _quiet, "cc": _carrier, "restart-modem": lambda p, args: p.out("true\n"), "numverify": _quiet, "emergency-nu"
        "mber-test-mode": _quiet,
        "end-block-suppression": _quiet, "gba": _quiet, "d2d": _quiet, "barring": _quiet, "radio": _quiet, "src": _quiet,
        "get-allowed-network-types-for-users": lambda p, args: p.out("11111111111111111111\n"),
        "set-allowed-network-types-for-users": _quiet, "is-apex-enabled": lambda p, args: p.out("false\n"), "get-imei": lambda p,
        args: p.out(f"Device IMEI: {IMEI}\n"),
        "get-sim-slots-mapping": lambda p, args: p.out("logical slot 0: physical slot 0, port 0\n"),
    }, "Telephony Commands:\n  help\n    Print this help text.\n  ims\n    IMS Commands.\n  data\n    Data Test Mode Commands.\n"
       "  cc\n    Carrier Config Commands.\n  restart-modem\n    Restart modem command.\n")  # fmt: skip


def _data(p: Process, args: Args) -> int:
    word = args.next()
    if word not in ("enable", "disable"):
        p.out(
            "Data Test Mode Commands:\n  data enable: enable mobile data connectivity\n  data disable: disable mobile data connectivity\n"
        )
        return 0 if word in (None, "help") else 255
    p.kernel.hardware.set_mobile_data(word == "enable")
    return 0


def _carrier(p: Process, args: Args) -> None:
    verb, key = args.next(), ""
    while (word := args.next()) is not None:
        if word == "-s":
            args.need()
        elif not key:
            key = word
            value = args.next()
            if verb == "set-value" and value is not None:
                p.kernel.properties.put(f"!carrier/{key}", value)
    if verb == "get-value" and key:
        p.out(f"{key} = {p.kernel.properties.get(f'!carrier/{key}', 'null')}\n")
    elif verb == "clear-values":
        p.kernel.properties.forget("!carrier/")
        p.out("All carrier config override values were cleared\n")
